import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { BrowserRouter } from 'react-router';
import { Gate } from './feature/signIn/Gate.tsx';
import { queryClient } from './lib/api.ts';
import { WorkplaceProvider } from './lib/workplace.tsx';
import { AppRoutes } from './routes.tsx';
import { theme } from './theme.ts';

/** The whole app. Mantine's variables come from static style sheets: scripts write no style element. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" />
        <BrowserRouter>
          <Gate>
            <WorkplaceProvider>
              <AppRoutes />
            </WorkplaceProvider>
          </Gate>
        </BrowserRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}
