import { ActionIcon, Menu, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Suspense, useEffect, useState } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { commandOf } from '../../lib/keys.ts';
import { useMay, useMe, useSignOut } from '../../lib/session.ts';
import { useWorkplace } from '../../lib/workplace.tsx';
import { t } from '../../locale/i18n.ts';
import { ErrorBoundary } from '../ErrorBoundary.tsx';
import { Failure } from '../Failure.tsx';
import { Icon } from '../Icon.tsx';
import { Loading } from '../Loading.tsx';
import { ConnectionLost } from './ConnectionLost.tsx';
import { ContextBar } from './ContextBar.tsx';
import { KeyHelp } from './KeyHelp.tsx';
import { NAVIGATION } from './navigation.ts';
import classes from './Shell.module.css';

/** The frame around every screen: navigation, the work in hand, theme, account. */
export function Shell() {
  const [helpOpened, setHelpOpened] = useState(false);
  const workplace = useWorkplace();
  const { pathname } = useLocation();

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]');
      if (!typing && commandOf(event, ['everywhere']) === 'help') setHelpOpened(true);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);

  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">
        {t('shell.skip')}
      </a>
      <Navigation />
      <div className={classes.column}>
        <header className={classes.header}>
          <ContextBar />
          <div className={classes.tools}>
            <Tooltip label={t('shell.keys')}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={t('shell.keys')}
                onClick={() => setHelpOpened(true)}
              >
                <Icon name="keyboard" />
              </ActionIcon>
            </Tooltip>
            <ThemeSwitch />
            <Account />
          </div>
        </header>
        <ConnectionLost />
        <main id="main" className={classes.main} tabIndex={-1}>
          {workplace.error ? (
            <div className={classes.problem}>
              <Failure error={workplace.error} onRetry={workplace.retry} />
            </div>
          ) : (
            <ErrorBoundary key={pathname}>
              <Suspense fallback={<Loading height={400} />}>
                <Outlet />
              </Suspense>
            </ErrorBoundary>
          )}
        </main>
      </div>
      <KeyHelp opened={helpOpened} onClose={() => setHelpOpened(false)} />
    </div>
  );
}

function Navigation() {
  const may = useMay();
  return (
    <nav className={classes.nav} aria-label={t('shell.navigation')}>
      <div className={classes.brand}>
        <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="7" fill="#1d7080" />
          <path
            d="M6 21l5-6 5 3 10-10"
            fill="none"
            stroke="#fff"
            strokeWidth="3"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
          <path d="M6 25h20" stroke="#b0d4da" strokeWidth="2.4" strokeLinecap="round" />
        </svg>
        <span>{t('shell.product')}</span>
      </div>
      {NAVIGATION.map(group => {
        const entries = group.entries.filter(entry => entry.needs === null || may(entry.needs));
        if (entries.length === 0) return null;
        return (
          <div key={group.id} className={classes.group}>
            <div className={classes.groupName} id={`nav-${group.id}`}>
              {t(`shell.group.${group.id}`)}
            </div>
            <ul aria-labelledby={`nav-${group.id}`}>
              {entries.map(entry => (
                <li key={entry.path}>
                  <NavLink
                    to={entry.path}
                    end={entry.path === '/'}
                    className={classes.link ?? ''}
                    title={t(`shell.nav.${entry.words}`)}
                  >
                    <Icon name={entry.icon} />
                    <span>{t(`shell.nav.${entry.words}`)}</span>
                  </NavLink>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}

function ThemeSwitch() {
  // Without a transition override Mantine would inject a style element, which the content security policy forbids.
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const scheme = useComputedColorScheme('light');
  const next = scheme === 'dark' ? 'light' : 'dark';
  return (
    <Tooltip label={t(`shell.theme.${next}`)}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t(`shell.theme.${next}`)}
        onClick={() => setColorScheme(next)}
      >
        <Icon name={scheme === 'dark' ? 'sun' : 'moon'} />
      </ActionIcon>
    </Tooltip>
  );
}

function Account() {
  const { data: me } = useMe();
  const signOut = useSignOut();
  if (!me) return null;
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <button type="button" className={classes.account}>
          <span className={classes.initials} aria-hidden="true">
            {initialsOf(me.name)}
          </span>
          <span className={classes.accountName}>{me.name}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.email}
          {[...new Set(me.grants.map(grant => grant.role))].map(role => ` · ${t(`role.${role}`)}`)}
        </Menu.Label>
        <Menu.Item leftSection={<Icon name="signOut" size={16} />} onClick={signOut}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function initialsOf(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map(part => part[0]?.toUpperCase() ?? '')
    .join('');
}
