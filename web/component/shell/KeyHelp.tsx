import { Kbd, Modal } from '@mantine/core';
import { type CommandId, commandLabel, KEY_SCOPES, KEYS, keyCaps } from '../../lib/keys.ts';
import { t } from '../../locale/i18n.ts';
import classes from './Shell.module.css';

interface KeyHelpProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** The list of keys, drawn from the same table that the editors obey. */
export function KeyHelp({ opened, onClose }: KeyHelpProps) {
  const isMac = /mac/i.test(navigator.userAgent);
  const commands = Object.keys(KEYS) as CommandId[];
  return (
    <Modal opened={opened} onClose={onClose} title={t('shell.keys')} size="xl">
      <div className={classes.keys}>
        {KEY_SCOPES.map(scope => (
          <section key={scope}>
            <h3>{t(`keyScope.${scope}`)}</h3>
            <dl>
              {commands
                .filter(id => KEYS[id].scope === scope)
                .map(id => (
                  <div key={id}>
                    <dt>{commandLabel(id)}</dt>
                    <dd>
                      {KEYS[id].keys.map((combination, index) => (
                        <span key={combination}>
                          {index > 0 ? ' / ' : null}
                          {keyCaps(combination, isMac).map(cap => (
                            <Kbd key={cap} size="xs">
                              {cap}
                            </Kbd>
                          ))}
                        </span>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
