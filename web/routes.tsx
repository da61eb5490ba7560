import { type ComponentType, lazy } from 'react';
import { Route, Routes } from 'react-router';
import { Shell } from './component/shell/Shell.tsx';
import { NotFound } from './feature/start/NotFound.tsx';
import { Start } from './feature/start/Start.tsx';

/** A screen loaded when it is first visited. */
function screen<Name extends string>(
  load: () => Promise<Record<Name, ComponentType>>,
  name: Name,
): ComponentType {
  return lazy<ComponentType>(async () => ({ default: (await load())[name] }));
}

const HistoryPage = screen(() => import('./feature/history/HistoryPage.tsx'), 'HistoryPage');
const ForecastPage = screen(() => import('./feature/forecast/ForecastPage.tsx'), 'ForecastPage');
const StaffingPage = screen(() => import('./feature/staffing/StaffingPage.tsx'), 'StaffingPage');
const SchedulePage = screen(() => import('./feature/schedule/SchedulePage.tsx'), 'SchedulePage');
const TodayPage = screen(() => import('./feature/today/TodayPage.tsx'), 'TodayPage');
const ReviewPage = screen(() => import('./feature/review/ReviewPage.tsx'), 'ReviewPage');
const ImportPage = screen(() => import('./feature/import/ImportPage.tsx'), 'ImportPage');
const QueuesPage = screen(() => import('./feature/queues/QueuesPage.tsx'), 'QueuesPage');
const CapacityPage = screen(() => import('./feature/capacity/CapacityPage.tsx'), 'CapacityPage');
const SettingsPage = screen(() => import('./feature/settings/SettingsPage.tsx'), 'SettingsPage');
const MySchedulePage = screen(() => import('./feature/mySchedule/MySchedulePage.tsx'), 'MySchedulePage');
const PeoplePage = screen(() => import('./feature/people/PeoplePage.tsx'), 'PeoplePage');
const AttainmentPage = screen(() => import('./feature/attainment/AttainmentPage.tsx'), 'AttainmentPage');
const MonthPage = screen(() => import('./feature/attainment/MonthPage.tsx'), 'MonthPage');
const WhatIfPage = screen(() => import('./feature/whatIf/WhatIfPage.tsx'), 'WhatIfPage');

export function AppRoutes() {
  return (
    <Routes>
      <Route element={<Shell />}>
        <Route path="/" element={<Start />} />
        <Route path="/history" element={<HistoryPage />} />
        <Route path="/forecast" element={<ForecastPage />} />
        <Route path="/staffing" element={<StaffingPage />} />
        <Route path="/schedule" element={<SchedulePage />} />
        <Route path="/today" element={<TodayPage />} />
        <Route path="/review" element={<ReviewPage />} />
        <Route path="/import" element={<ImportPage />} />
        <Route path="/queues" element={<QueuesPage />} />
        <Route path="/people" element={<PeoplePage />} />
        <Route path="/capacity" element={<CapacityPage />} />
        <Route path="/settings" element={<SettingsPage />} />
        <Route path="/me" element={<MySchedulePage />} />
        <Route path="/attainment" element={<AttainmentPage />} />
        <Route path="/attainment/month" element={<MonthPage />} />
        <Route path="/compare" element={<WhatIfPage />} />
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  );
}
