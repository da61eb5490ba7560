import type { Field } from './field.ts';
import type { ColumnMapping } from './mapping.ts';

/** What a preset says of one header. */
export interface PresetColumn extends Omit<ColumnMapping, 'index' | 'field'> {
  readonly field: Field;
}

/** An export format of another system, known by its headers (as `normaliseHeader` writes them). */
export interface ImportPreset {
  readonly name: string;
  readonly title: string;
  readonly rows: 'intervals' | 'calls';
  /** Headers that a file of this kind has; the preset with the largest share present (and at least `atLeast`) is chosen. */
  readonly signature: readonly string[];
  readonly atLeast: number;
  readonly columns: Readonly<Record<string, PresetColumn>>;
  /** Times are UTC whatever the queue's zone. */
  readonly utc?: boolean;
}

const total = (field: Field): PresetColumn => ({ field, unit: 'seconds', aggregate: 'total' });
const mean = (field: Field): PresetColumn => ({ field, unit: 'seconds', aggregate: 'mean' });
const words = (text: string): readonly string[] => text.split(' ');
const only = (field: Field): PresetColumn => ({ field });

/** Every preset. A new format is one entry here, and a file in test/data/import that it must read. */
export const PRESETS: readonly ImportPreset[] = [
  {
    name: 'teleopti',
    title: 'Calabrio / Teleopti queue file (also RingCentral)',
    rows: 'intervals',
    signature: words(
      'datefrom time queue offddirectcallcnt answcallcnt abandcallcnt talkingcalldur wrapupdur',
    ),
    atLeast: 5,
    columns: {
      interval: only('intervalMinutes'),
      datefrom: only('date'),
      time: only('time'),
      queuename: only('queue'),
      offddirectcallcnt: only('offered'),
      answcallcnt: only('handled'),
      abandcallcnt: only('abandoned'),
      abandshortcallcnt: only('shortAbandoned'),
      ansservicelevelcnt: only('answeredWithin'),
      talkingcalldur: total('talk'),
      wrapupdur: total('wrap'),
      queuedandanswcalldur: total('answerWait'),
      queuedandabandcalldur: total('abandonWait'),
    },
  },
  {
    name: 'genesysWfm',
    title: 'Genesys Cloud WFM historical data',
    rows: 'intervals',
    signature: words('intervalstartdateutc planninggroup offeredcount averagehandletime'),
    atLeast: 3,
    utc: true,
    columns: {
      intervalstartdateutc: only('intervalStart'),
      intervalstartdate: only('intervalStart'),
      planninggroup: only('queue'),
      offeredcount: only('offered'),
      offered: only('offered'),
      averagehandletime: mean('handle'),
      abandoned: only('abandoned'),
    },
  },
  {
    name: 'genesysView',
    title: 'Genesys Cloud queue view export',
    rows: 'intervals',
    signature: words(
      'intervalstart intervalend queuename offer answer abandon asa avghandle avgtalk avgacw offered answered abandoned flowouts',
    ),
    atLeast: 6,
    columns: {
      intervalstart: only('intervalStart'),
      intervalend: only('intervalEnd'),
      queuename: only('queue'),
      offer: only('offered'),
      offered: only('offered'),
      answer: only('handled'),
      answered: only('handled'),
      abandon: only('abandoned'),
      abandoned: only('abandoned'),
      shortabandon: only('shortAbandoned'),
      servicelevelpct: { field: 'serviceLevel' },
      asa: { field: 'answerWait', aggregate: 'mean' },
      avghandle: { field: 'handle', aggregate: 'mean' },
      avgtalk: { field: 'talk', aggregate: 'mean' },
      avghold: { field: 'hold', aggregate: 'mean' },
      avgacw: { field: 'wrap', aggregate: 'mean' },
    },
  },
  {
    name: 'amazonConnect',
    title: 'Amazon Connect historical metrics',
    rows: 'intervals',
    signature: words(
      'queue queuename startinterval endinterval starttime contactsqueued contactshandled contactsabandoned averagehandletime averagequeueanswertime aftercontactworktime handletime averageaftercontactworktime',
    ),
    atLeast: 5,
    columns: {
      startinterval: only('intervalStart'),
      starttime: only('intervalStart'),
      endinterval: only('intervalEnd'),
      endtime: only('intervalEnd'),
      queue: only('queue'),
      queuename: only('queue'),
      contactsqueued: only('offered'),
      contactshandled: only('handled'),
      contactshandledincoming: only('handled'),
      contactsabandoned: only('abandoned'),
      averagehandletime: mean('handle'),
      handletime: total('handle'),
      averageaftercontactworktime: mean('wrap'),
      aftercontactworktime: total('wrap'),
      averagequeueanswertime: mean('answerWait'),
      queueanswertime: total('answerWait'),
      averagequeueabandontime: mean('abandonWait'),
      abandontime: total('abandonWait'),
      averageagentinteractiontime: mean('talk'),
      interactiontime: total('talk'),
      averagecustomerholdtime: mean('hold'),
      holdtime: total('hold'),
      servicelevel: { field: 'serviceLevel' },
    },
  },
  {
    name: 'avayaCms',
    title: 'Avaya CMS split/skill interval report',
    rows: 'intervals',
    signature: words('rowdate starttime intrvl split callsoffered acdcalls abncalls acdtime acceptable'),
    atLeast: 5,
    columns: {
      rowdate: only('date'),
      starttime: only('time'),
      intrvl: only('intervalMinutes'),
      split: only('queue'),
      callsoffered: only('offered'),
      acdcalls: only('handled'),
      abncalls: only('abandoned'),
      acceptable: only('answeredWithin'),
      acdtime: total('talk'),
      holdtime: total('hold'),
      acwtime: total('wrap'),
      anstime: total('answerWait'),
      abntime: total('abandonWait'),
    },
  },
  {
    name: 'ciscoUccx',
    title: 'Cisco UCCX contact service queue activity by interval',
    rows: 'intervals',
    signature: words(
      'csqname intervalstarttime intervalendtime servicelevel callspresented callshandled callsabandoned handled abandoned',
    ),
    atLeast: 4,
    columns: {
      csqname: only('queue'),
      intervalstarttime: only('intervalStart'),
      intervalendtime: only('intervalEnd'),
      callspresented: only('offered'),
      callshandled: only('handled'),
      handled: only('handled'),
      callsabandoned: only('abandoned'),
      abandoned: only('abandoned'),
      callshandledservicelevel: only('answeredWithin'),
      avghandletime: { field: 'handle', aggregate: 'mean' },
      averagespeedofanswer: { field: 'answerWait', aggregate: 'mean' },
      avgspeedofanswer: { field: 'answerWait', aggregate: 'mean' },
    },
  },
  {
    name: 'five9',
    title: 'Five9 queue report by interval',
    rows: 'intervals',
    signature: words(
      'date halfhour hour quarterhour skill callscount calls abandonedcount speedofanswer aftercallworktime talktime handletime',
    ),
    atLeast: 5,
    columns: {
      date: only('date'),
      halfhour: only('time'),
      hour: only('time'),
      quarterhour: only('time'),
      skill: only('queue'),
      callscount: only('offered'),
      calls: only('offered'),
      abandonedcount: only('abandoned'),
      abandoned: only('abandoned'),
      servicelevel: { field: 'serviceLevel' },
      speedofanswer: { field: 'answerWait', aggregate: 'mean' },
      talktime: { field: 'talk', aggregate: 'mean' },
      holdtime: { field: 'hold', aggregate: 'mean' },
      aftercallworktime: { field: 'wrap', aggregate: 'mean' },
      handletime: { field: 'handle', aggregate: 'mean' },
    },
  },
  {
    name: 'niceCxone',
    title: 'NICE CXone interval download',
    rows: 'intervals',
    signature: words(
      'abandoncnt contactsoffered contactshandled skillname acwseconds acdtime activetalktime abandontime intervalstart handleseconds',
    ),
    atLeast: 5,
    columns: {
      intervalstart: only('intervalStart'),
      startdate: only('intervalStart'),
      skillname: only('queue'),
      contactsoffered: only('offered'),
      contactshandled: only('handled'),
      abandoncnt: only('abandoned'),
      activetalktime: total('talk'),
      holdtime: total('hold'),
      acwseconds: total('wrap'),
      acwtime: total('wrap'),
      abandontime: total('abandonWait'),
    },
  },
  {
    name: 'twilio',
    title: 'Twilio TaskRouter queue statistics',
    rows: 'intervals',
    signature: words(
      'starttime endtime taskqueue tasksentered taskscanceled reservationsaccepted reservationscreated avgtaskacceptancetime',
    ),
    atLeast: 4,
    utc: true,
    columns: {
      starttime: only('intervalStart'),
      endtime: only('intervalEnd'),
      taskqueue: only('queue'),
      taskqueuename: only('queue'),
      tasksentered: only('offered'),
      reservationsaccepted: only('handled'),
      taskscanceled: only('abandoned'),
      avgtaskacceptancetime: mean('answerWait'),
    },
  },
  {
    name: 'zendeskTalk',
    title: 'Zendesk Talk queue activity',
    rows: 'intervals',
    signature: words(
      'totalcalls totalcallsabandonedinqueue averagequeuewaittime averagetimetoanswer averagewrapuptime averagecallduration averageholdtime',
    ),
    atLeast: 4,
    columns: {
      totalcalls: only('offered'),
      totalcallsabandonedinqueue: only('abandoned'),
      averagetimetoanswer: mean('answerWait'),
      averagecallduration: mean('talk'),
      averageholdtime: mean('hold'),
      averagewrapuptime: mean('wrap'),
    },
  },
  {
    name: 'zoom',
    title: 'Zoom Contact Center queue interval data',
    rows: 'intervals',
    signature: words(
      'dateinterval totalansweredusers totalanswerduration totalholdduration totalwrapupduration totalabandonedduration',
    ),
    atLeast: 3,
    columns: {
      dateinterval: only('intervalStart'),
      queuename: only('queue'),
      totalofferedusers: only('offered'),
      totalansweredusers: only('handled'),
      totalanswerduration: total('talk'),
      totalholdduration: total('hold'),
      totalwrapupduration: total('wrap'),
      totalabandonedduration: total('abandonWait'),
    },
  },
  {
    name: 'coverline',
    title: 'Coverline interval file',
    rows: 'intervals',
    signature: words('intervalstart offered'),
    atLeast: 2,
    columns: {
      intervalstart: only('intervalStart'),
      offered: only('offered'),
      handled: only('handled'),
      abandoned: only('abandoned'),
      ahtseconds: mean('handle'),
      queue: only('queue'),
    },
  },
];
