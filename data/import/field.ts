/** What a column of a file can mean. */
export type Field =
  | 'intervalStart'
  | 'date'
  | 'time'
  | 'intervalEnd'
  | 'intervalMinutes'
  | 'queue'
  | 'offered'
  | 'handled'
  | 'abandoned'
  | 'shortAbandoned'
  | 'answeredWithin'
  | 'serviceLevel'
  | 'talk'
  | 'hold'
  | 'wrap'
  | 'handle'
  | 'answerWait'
  | 'abandonWait'
  | 'arrival'
  | 'wait'
  | 'service'
  | 'outcome';

/** What kind of value a field holds, which decides how its cells are read. */
export type FieldKind =
  | 'dateTime'
  | 'date'
  | 'time'
  | 'minutes'
  | 'name'
  | 'count'
  | 'share'
  | 'duration'
  | 'outcome';

/** A field: its kind, its words for people, and the names under which systems write it (lower case, letters and digits only). */
export interface FieldInfo {
  readonly field: Field;
  readonly kind: FieldKind;
  readonly label: string;
  /** Whether rows of single calls have it, rows of intervals, or both. */
  readonly of: 'intervals' | 'calls' | 'both';
  readonly synonyms: readonly string[];
}

function words(text: string): readonly string[] {
  return text.split(' ');
}

/** Every field, in the order in which a mapping is shown. */
export const FIELDS: readonly FieldInfo[] = [
  {
    field: 'intervalStart',
    kind: 'dateTime',
    label: 'Interval start',
    of: 'intervals',
    synonyms: words(
      'intervalstart start starttime startdate intervalstartdate intervalstarttime intervalstartutc intervalstartdateutc timestamp datetime dateinterval interval period periodstart slot startinterval localtime dateandtime halfhourstart',
    ),
  },
  {
    field: 'date',
    kind: 'date',
    label: 'Date',
    of: 'intervals',
    synonyms: words('date datefrom rowdate day calldate reportdate datum fecha'),
  },
  {
    field: 'time',
    kind: 'time',
    label: 'Time of day',
    of: 'intervals',
    synonyms: words(
      'interval intervalstart start period slot time starttime halfhour hour timeofday intervaltime timeinterval quarterhour 15minutes 30minutes uhrzeit hora',
    ),
  },
  {
    field: 'intervalEnd',
    kind: 'dateTime',
    label: 'Interval end',
    of: 'intervals',
    synonyms: words('intervalend end endtime enddate intervalenddate intervalendtime periodend'),
  },
  {
    field: 'intervalMinutes',
    kind: 'minutes',
    label: 'Interval length in minutes',
    of: 'intervals',
    synonyms: words('intrvl intervalminutes intervallength minutes'),
  },
  {
    field: 'queue',
    kind: 'name',
    label: 'Queue',
    of: 'both',
    synonyms: words(
      'queue queuename queueid skill skillname split splitskill vdn csqname planninggroup service servicename campaign callqueue group groupname hsplit calltype type taskqueue workgroup',
    ),
  },
  {
    field: 'offered',
    kind: 'count',
    label: 'Offered',
    of: 'intervals',
    synonyms: words(
      'offered offer offeredcount callsoffered contactsoffered presented callspresented received callsreceived incoming incomingcalls entered queued contactsqueued queueinteractions volume calls callvolume callscount totalcalls contacts interactions arrivals noffered offdcalls callsofferedactual tasksentered inbound inboundcalls contactscreated',
    ),
  },
  {
    field: 'handled',
    kind: 'count',
    label: 'Handled',
    of: 'intervals',
    synonyms: words(
      'handled callshandled contactshandled answered answer callsanswered accepted connected acdcalls tanswered totalansweredusers reservationsaccepted completed answeredcalls handledcalls handledcount answercount',
    ),
  },
  {
    field: 'abandoned',
    kind: 'count',
    label: 'Abandoned',
    of: 'intervals',
    synonyms: words(
      'abandoned abandon abandons callsabandoned contactsabandoned abncalls abandonedcount abandoncount abandoncnt lost lostcalls dropped hangups queueabandons tabandon totalcallsabandonedinqueue taskscanceled abandonedcalls',
    ),
  },
  {
    field: 'shortAbandoned',
    kind: 'count',
    label: 'Short abandons',
    of: 'intervals',
    synonyms: words('shortabandon shortabandons shortabandoned tshortabandon abandshortcallcnt shortcalls'),
  },
  {
    field: 'answeredWithin',
    kind: 'count',
    label: 'Answered within target',
    of: 'intervals',
    synonyms: words(
      'answeredwithin answeredwithinsl answeredwithinservicelevel answeredwithintarget acceptable callshandledservicelevel callshandledwithinservicelevel ansservicelevelcnt answeredinsl callswithinsl',
    ),
  },
  {
    field: 'serviceLevel',
    kind: 'share',
    label: 'Service level',
    of: 'intervals',
    synonyms: words(
      'servicelevel servicelevelpct servicelevelpercent sl slpct sla servicefactor gradeofservice gos tsf oservicelevel',
    ),
  },
  {
    field: 'talk',
    kind: 'duration',
    label: 'Talk time',
    of: 'both',
    synonyms: words(
      'talk talktime avgtalk averagetalktime talkingcalldur acdtime ttalk interactiontime averageinteractiontime agentinteractiontime talkseconds activetalktime averagetalktimeactual totalanswerduration avgtalktime averagecallduration',
    ),
  },
  {
    field: 'hold',
    kind: 'duration',
    label: 'Hold time',
    of: 'both',
    synonyms: words(
      'hold holdtime avghold averageholdtime theld customerholdtime averagecustomerholdtime holdseconds totalholdduration avgholdtime',
    ),
  },
  {
    field: 'wrap',
    kind: 'duration',
    label: 'Wrap-up time',
    of: 'both',
    synonyms: words(
      'wrap wrapup wrapuptime avgacw acw acwtime acwseconds aftercallwork aftercallworktime aftercontactworktime averageaftercontactworktime averageaftercontactworktimeactual wrapupdur tacw averagewrapuptime totalwrapupduration wrapseconds averageacw',
    ),
  },
  {
    field: 'handle',
    kind: 'duration',
    label: 'Handle time',
    of: 'both',
    synonyms: words(
      'handle handletime aht ahts ahtseconds ahtsec avghandle averagehandletime avghandletime thandle averagehandletimes handleseconds totalhandletime averagehandlingtime agenthandletime',
    ),
  },
  {
    field: 'answerWait',
    kind: 'duration',
    label: 'Wait of those answered',
    of: 'intervals',
    synonyms: words(
      'asa speedofanswer avgspeedofanswer averagespeedofanswer averagetimetoanswer averagequeueanswertime queueanswertime anstime avgwait queuedandanswcalldur averagequeuewaittime avgtaskacceptancetime answerwait tanswer averageanswertime',
    ),
  },
  {
    field: 'abandonWait',
    kind: 'duration',
    label: 'Wait of those who abandoned',
    of: 'intervals',
    synonyms: words(
      'abandontime averageabandontime abntime queuedandabandcalldur averagequeueabandontime avgabandon totalabandonedduration waitdurationuntilcanceled averagetimetoabandon',
    ),
  },
  {
    field: 'arrival',
    kind: 'dateTime',
    label: 'Arrival',
    of: 'calls',
    synonyms: words(
      'arrival arrivaltime arrived callstart callstarttime starttimestamp initiationtimestamp enqueuetimestamp createdat calltime enqueued conversationstart',
    ),
  },
  {
    field: 'wait',
    kind: 'duration',
    label: 'Wait in queue',
    of: 'calls',
    synonyms: words(
      'wait waitseconds waittime queuetime queueseconds timeinqueue qtime queueduration queuewaittime queuewait',
    ),
  },
  {
    field: 'service',
    kind: 'duration',
    label: 'Service time',
    of: 'calls',
    synonyms: words(
      'service serviceseconds servicetime sertime callduration duration agentduration handleduration agentseconds',
    ),
  },
  {
    field: 'outcome',
    kind: 'outcome',
    label: 'Outcome',
    of: 'calls',
    synonyms: words(
      'outcome result status disposition completionstatus callresult disconnectreason callstatus',
    ),
  },
];

const BY_FIELD = new Map(FIELDS.map(info => [info.field, info]));

/** The description of a field. */
export function fieldInfo(field: Field): FieldInfo {
  const info = BY_FIELD.get(field);
  if (!info) throw new RangeError('field must be one of the registry');
  return info;
}

/** A header as it is compared: lower case, letters and digits only, units in brackets dropped. */
export function normaliseHeader(header: string): string {
  return header
    .normalize('NFKD')
    .replace(/[([](s|sec|secs|seconds|ms|milliseconds|min|minutes|hh:mm:ss|%|count|utc|local)[)\]]/gi, '')
    .replace(/([a-z])%|%/gi, '$1pct')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
