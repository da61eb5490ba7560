import type { driverRoutes } from '../../contract/driver.ts';
import type { forecastRoutes } from '../../contract/forecast.ts';
import type { staffingRoutes } from '../../contract/staffing.ts';
import {
  addDriver,
  changeDriver,
  pasteDriverDays,
  readDriverDaysOf,
  readDrivers,
  removeDriver,
  storeDriverDays,
} from '../../service/drivers.ts';
import { readPatience } from '../../service/estimatePatience.ts';
import { explainForecast } from '../../service/explainForecast.ts';
import { readCertificate } from '../../service/forecastCertificate.ts';
import { addLayer, changeLayer, readLayers, removeLayer } from '../../service/forecastLayers.ts';
import {
  readForecast,
  readForecastSeries,
  readForecasts,
  removeForecast,
  runForecast,
} from '../../service/forecasts.ts';
import {
  computeRequirement,
  readRequirement,
  readStaffingPlans,
  removeStaffingPlan,
} from '../../service/staffing.ts';
import { type Handlers, Reply } from '../reply.ts';

export const forecastHandlers: Handlers<typeof forecastRoutes> = {
  listForecasts: ({ context, query }) => readForecasts(context, query),
  createForecasts: ({ context, body }) => runForecast(context, body),
  getForecast: async ({ context, params }) => {
    const forecast = await readForecast(context, params.id);
    return new Reply(forecast, { revision: forecast.revision });
  },
  removeForecast: ({ context, params }) => removeForecast(context, params.id),
  getForecastSeries: ({ context, params }) => readForecastSeries(context, params.id),
  getCertificate: ({ context, params }) => readCertificate(context, params.id),
  explainForecast: ({ context, params, query }) => explainForecast(context, params.id, query.at),
  listLayers: async ({ context, params }) => ({ items: await readLayers(context, params.id) }),
  addLayer: ({ context, params, body }) => addLayer(context, params.id, body),
  updateLayer: ({ context, params, body }) => changeLayer(context, params.id, params.layerId, body),
  removeLayer: ({ context, params }) => removeLayer(context, params.id, params.layerId),
};

export const driverHandlers: Handlers<typeof driverRoutes> = {
  listDrivers: async ({ context, query }) => ({ items: await readDrivers(context, query) }),
  createDriver: ({ context, body }) => addDriver(context, body),
  updateDriver: ({ context, params, body }) => changeDriver(context, params.id, body),
  removeDriver: ({ context, params }) => removeDriver(context, params.id),
  listDriverValues: async ({ context, params }) => ({ items: await readDriverDaysOf(context, params.id) }),
  putDriverValues: ({ context, params, body }) => storeDriverDays(context, params.id, body.values),
  pasteDriverValues: ({ context, params, body }) => pasteDriverDays(context, params.id, body),
};

export const staffingHandlers: Handlers<typeof staffingRoutes> = {
  createStaffingPlans: ({ context, body }) => computeRequirement(context, body),
  listStaffingPlans: ({ context, query }) => readStaffingPlans(context, query),
  getRequirement: ({ context, params }) => readRequirement(context, params.id),
  removeStaffingPlan: ({ context, params }) => removeStaffingPlan(context, params.id),
  estimatePatience: ({ context, params, query }) => readPatience(context, params.id, query),
};
