import type { actualsRoutes } from '../../contract/actuals.ts';
import type { reviewRoutes } from '../../contract/review.ts';
import { readAttainment } from '../../service/attainment.ts';
import { attainmentTable } from '../../service/exportTables.ts';
import { acceptIntradayProposal, readIntradayProposals } from '../../service/intradayProposals.ts';
import { readMoney } from '../../service/money.ts';
import { readReviewSeries } from '../../service/planActual.ts';
import { postActuals } from '../../service/postActuals.ts';
import { playDay } from '../../service/sample.ts';
import { readToday } from '../../service/today.ts';
import { readVariance } from '../../service/variance.ts';
import type { Handlers } from '../reply.ts';
import { tableReply } from '../tableReply.ts';

export const actualsHandlers: Handlers<typeof actualsRoutes> = {
  postActuals: ({ context, body }) => postActuals(context, body),
  playSampleDay: ({ context, body }) => playDay(context, body),
  getToday: async ({ context, query }) => ({ items: await readToday(context, query) }),
  listIntradayProposals: async ({ context, query }) => ({
    items: await readIntradayProposals(context, query),
  }),
  acceptIntradayProposal: ({ context, body }) => acceptIntradayProposal(context, body),
};

export const reviewHandlers: Handlers<typeof reviewRoutes> = {
  getAttainment: ({ context, query }) => readAttainment(context, query),
  getReviewSeries: ({ context, query }) => readReviewSeries(context, query),
  getVariance: async ({ context, query }) => ({ items: await readVariance(context, query) }),
  getMoney: ({ context, query }) => readMoney(context, query),
  downloadReport: async ({ context, query }) =>
    tableReply(await attainmentTable(context, query), query.format),
};
