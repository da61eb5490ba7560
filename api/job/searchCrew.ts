import type { Worker } from 'node:worker_threads';
import { startWorker, workerModule } from '../../data/db/thread.ts';
import type { CrewAnswer, CrewBrief, CrewOrder, SearchCrew } from '../../forecasting/scheduling/crew.ts';
import type { MemberMessage } from './searchMember.ts';

/** Threads that search a schedule together with their caller. Close it when the search is over. */
export class ThreadCrew implements SearchCrew {
  readonly size: number;
  readonly #members: readonly Worker[];

  constructor(size: number) {
    this.size = size;
    const module = workerModule('searchMember', import.meta.url);
    this.#members = Array.from({ length: size }, () => startWorker(module));
  }

  open(brief: CrewBrief): void {
    for (const member of this.#members) tell(member, { kind: 'brief', brief });
  }

  /** @throws Error when the member's thread failed. */
  run(member: number, order: CrewOrder): Promise<CrewAnswer> {
    const worker = this.#members[member];
    if (!worker) throw new RangeError(`member must be below ${this.size}, found ${member}`);
    return new Promise((resolve, reject) => {
      const settle = () => {
        worker.off('message', onAnswer);
        worker.off('error', onError);
      };
      const onAnswer = (answer: CrewAnswer) => {
        settle();
        resolve(answer);
      };
      const onError = (error: unknown) => {
        settle();
        reject(error);
      };
      worker.on('message', onAnswer);
      worker.on('error', onError);
      tell(worker, { kind: 'order', order });
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#members.map(member => member.terminate()));
  }
}

function tell(member: Worker, message: MemberMessage): void {
  member.postMessage(message);
}
