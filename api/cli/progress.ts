const WIDTH = 28;
const REDRAW_MS = 100;

/** A progress bar on standard error: drawn only on a terminal, so pipes and logs stay clean. */
export class ProgressBar {
  readonly #label: string;
  readonly #started = Date.now();
  #drawn = 0;

  constructor(label: string) {
    this.#label = label;
  }

  /** @param share done so far, 0–1 @param note what is being worked on */
  update(share: number, note = ''): void {
    if (!process.stderr.isTTY) return;
    const now = Date.now();
    if (now - this.#drawn < REDRAW_MS && share < 1) return;
    this.#drawn = now;
    const filled = Math.round(Math.min(1, Math.max(0, share)) * WIDTH);
    const seconds = ((now - this.#started) / 1000).toFixed(0);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
    process.stderr.write(
      `\r\u001b[K${this.#label} ${bar} ${Math.round(share * 100)} %  ${seconds} s  ${note}`,
    );
  }

  /** Removes the bar, leaving the terminal as it was. */
  done(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  }
}
