import { parentPort, threadId } from 'node:worker_threads';
import { yieldToAnswers } from '../../data/db/thread.ts';
import { type CrewBrief, type CrewOrder, CrewSearch } from '../../forecasting/scheduling/crew.ts';

/** What a crew tells its members: the problem first, then orders. */
export type MemberMessage =
  | { readonly kind: 'brief'; readonly brief: CrewBrief }
  | { readonly kind: 'order'; readonly order: CrewOrder };

if (!parentPort) throw new Error(`the search member in thread ${threadId} has nobody to answer`);
const port = parentPort;
yieldToAnswers();

let search: CrewSearch | null = null;
port.on('message', (message: MemberMessage) => {
  if (message.kind === 'brief') search = new CrewSearch(message.brief);
  else if (search) port.postMessage(search.run(message.order, () => performance.now()));
});
