import i18next from 'i18next';
import { en } from './en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

void i18next.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en } },
  // React escapes what it renders.
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** The words of the interface by key; `en.ts` lists them. */
export const t = i18next.t;

/** The language of numbers, dates and words. */
export function language(): string {
  return i18next.language;
}
