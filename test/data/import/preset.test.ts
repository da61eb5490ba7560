import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PRESETS } from '../../../data/import/preset.ts';
import { openTestStore, type TestStore, testEngines } from '../databases.ts';
import { detected, importText, makeCentre, stored } from './centre.ts';

/** 2026-03-04 09:00 in New York (UTC−5). */
const NINE = Date.UTC(2026, 2, 4, 14) / 1000;

/**
 * One made-up file per preset, with the columns spelled as that system writes them.
 * Every file says the same: 20 offered, 18 handled, 2 abandoned, or as much of it as the format can say.
 */
const FILES: Readonly<
  Record<string, { readonly text: string; readonly row: Readonly<Record<string, number | null>> }>
> = {
  teleopti: {
    text: 'interval,date_from,time,queue,queue_name,offd_direct_call_cnt,overflow_in_call_cnt,aband_call_cnt,overflow_out_call_cnt,answ_call_cnt,queued_and_answ_call_dur,queued_and_aband_call_dur,talking_call_dur,wrap_up_dur,queued_answ_longest_que_dur,queued_aband_longest_que_dur,avg_avail_member_cnt,ans_servicelevel_cnt,wait_dur,aband_short_call_cnt,aband_within_sl_cnt\n15,2026-03-04,09:00,100,Triage,20,0,2,0,18,270,80,3600,720,60,50,7,15,350,1,0\n15,2026-03-04,09:15,100,Triage,10,0,1,0,9,100,20,1800,360,30,20,7,8,120,0,0\n',
    row: {
      offered: 20,
      handled: 18,
      abandoned: 2,
      shortAbandoned: 1,
      answeredWithin: 15,
      talkSeconds: 3600,
      wrapSeconds: 720,
      handleSeconds: 4320,
      answerWaitSeconds: 270,
      abandonWaitSeconds: 80,
    },
  },
  genesysWfm: {
    text: 'Interval Start Date UTC,Planning Group,Offered count,Average Handle Time (s),Abandoned\n2026-03-04T14:00:00Z,Triage,20,240,2\n2026-03-04T14:15:00Z,Triage,10,250,1\n',
    row: { offered: 20, handled: 18, abandoned: 2, handleSeconds: 4320 },
  },
  genesysView: {
    text: 'Interval Start,Interval End,Queue Name,Media Type,Offer,Answer,Answer %,Abandon,Abandon %,ASA,Service Level %,Avg Handle,Avg Talk,Avg Hold,Avg ACW\n3/4/2026 9:00 AM,3/4/2026 9:15 AM,Triage,voice,20,18,90%,2,10%,15000,75%,240000,190000,10000,40000\n3/4/2026 9:15 AM,3/4/2026 9:30 AM,Triage,voice,10,9,90%,1,10%,12000,80%,250000,200000,10000,40000\n3/14/2026 9:15 AM,3/14/2026 9:30 AM,Triage,voice,10,9,90%,1,10%,12000,80%,250000,200000,10000,40000\n',
    row: {
      offered: 20,
      handled: 18,
      abandoned: 2,
      answeredWithin: 15,
      handleSeconds: 4320,
      talkSeconds: 3420,
    },
  },
  amazonConnect: {
    text: 'Queue,StartInterval,EndInterval,Contacts queued,Contacts handled,Contacts abandoned,Average handle time,Average queue answer time,Average after contact work time\nTriage,2026-03-04T09:00:00,2026-03-04T09:15:00,20,18,2,240,15,40\nTriage,2026-03-04T09:15:00,2026-03-04T09:30:00,10,9,1,250,12,40\n',
    row: {
      offered: 20,
      handled: 18,
      abandoned: 2,
      handleSeconds: 4320,
      answerWaitSeconds: 270,
      wrapSeconds: 720,
    },
  },
  avayaCms: {
    text: 'row_date,starttime,intrvl,split,callsoffered,acdcalls,abncalls,acceptable,slvlabns,acdtime,acwtime,holdtime,anstime,abntime\n03/04/2026,0900,15,Triage,20,18,2,15,0,3240,720,360,270,80\n03/14/2026,0915,15,Triage,10,9,1,8,0,1620,360,180,100,20\n',
    row: {
      offered: 20,
      handled: 18,
      abandoned: 2,
      answeredWithin: 15,
      talkSeconds: 3240,
      holdSeconds: 360,
      wrapSeconds: 720,
      handleSeconds: 4320,
    },
  },
  ciscoUccx: {
    text: 'CSQ Name,CSQ ID,Call Skills,Interval Start Time,Interval End Time,Service Level (sec),Calls Handled < Service Level,Calls Abandoned < Service Level,Calls Presented,Calls Handled,%,Calls Abandoned,%\nTriage,7,Triage(5),3/4/26 9:00:00 AM,3/4/26 9:15:00 AM,30,15,0,20,18,90.0%,2,10.0%\nTriage,7,Triage(5),3/14/26 9:15:00 AM,3/14/26 9:30:00 AM,30,8,0,10,9,90.0%,1,10.0%\n',
    row: { offered: 20, handled: 18, abandoned: 2, answeredWithin: 15 },
  },
  five9: {
    text: 'DATE,HALF HOUR,SKILL,CALLS count,ABANDONED count,SERVICE LEVEL,SPEED OF ANSWER,TALK TIME,AFTER CALL WORK TIME,HANDLE TIME\n2026/03/04,09:00,Triage,20,2,75%,00:00:15,00:03:20,00:00:40,00:04:00\n2026/03/04,09:15,Triage,10,1,80%,00:00:12,00:03:30,00:00:40,00:04:10\n',
    row: {
      offered: 20,
      handled: 18,
      abandoned: 2,
      answeredWithin: 15,
      handleSeconds: 4320,
      answerWaitSeconds: 270,
    },
  },
  niceCxone: {
    text: 'Interval Start|Skill Name|Contacts Offered|Contacts Handled|Abandon_Cnt|AbandonRate|Abandon_Time|Active_Talk_Time|ACW_Seconds|ACD_Time\n2026-03-04 09:00|Triage|20|18|2|0.1|80|3600|720|4320\n2026-03-04 09:15|Triage|10|9|1|0.1|20|1800|360|2160\n',
    row: {
      offered: 20,
      handled: 18,
      abandoned: 2,
      talkSeconds: 3600,
      wrapSeconds: 720,
      handleSeconds: 4320,
      abandonWaitSeconds: 80,
    },
  },
  twilio: {
    text: 'start_time,end_time,task_queue,tasks_entered,tasks_canceled,reservations_created,reservations_accepted,avg_task_acceptance_time\n2026-03-04T14:00:00Z,2026-03-04T14:15:00Z,Triage,20,2,19,18,15\n2026-03-04T14:15:00Z,2026-03-04T14:30:00Z,Triage,10,1,10,9,12\n',
    row: { offered: 20, handled: 18, abandoned: 2, answerWaitSeconds: 270 },
  },
  zendeskTalk: {
    text: 'interval_start,total_calls,total_calls_abandoned_in_queue,average_queue_wait_time,average_time_to_answer,average_hold_time,average_wrap_up_time,average_call_duration\n2026-03-04 09:00,20,2,12,15,10,40,190\n2026-03-04 09:15,10,1,12,12,10,40,200\n',
    row: {
      offered: 20,
      handled: 18,
      abandoned: 2,
      talkSeconds: 3420,
      holdSeconds: 180,
      wrapSeconds: 720,
      handleSeconds: 4320,
    },
  },
  zoom: {
    text: 'date_interval,queue_name,total_offered_users,total_answered_users,total_answer_duration,total_hold_duration,total_wrap_up_duration,total_queue_wait_duration,total_abandoned_duration\n2026-03-04 09:00,Triage,20,18,3420,180,720,270,80\n2026-03-04 09:15,Triage,10,9,1710,90,360,100,20\n',
    row: {
      offered: 20,
      handled: 18,
      talkSeconds: 3420,
      holdSeconds: 180,
      wrapSeconds: 720,
      handleSeconds: 4320,
    },
  },
  coverline: {
    text: 'interval_start,offered,handled,abandoned,aht_seconds\n2026-03-04 09:00,20,18,2,240\n2026-03-04 09:15,10,9,1,250\n',
    row: { offered: 20, handled: 18, abandoned: 2, handleSeconds: 4320 },
  },
};

describe.each(testEngines.slice(0, 1))('presets on $engine', engine => {
  let test: TestStore;

  beforeAll(async () => {
    test = await openTestStore(engine);
  });

  afterAll(() => test.dispose());

  it('has a file for every preset', () => {
    expect(Object.keys(FILES).sort()).toEqual(PRESETS.map(preset => preset.name).sort());
  });

  it.each(PRESETS.map(preset => preset.name))('reads %s', async name => {
    const file = FILES[name];
    if (!file) throw new Error(`no file for ${name}`);
    expect(detected(file.text).preset).toBe(name);
    const centre = await makeCentre(test.store);
    const outcome = await importText(centre, file.text);
    expect(outcome).toMatchObject({ kind: 'committed' });
    expect(await stored(centre)).toMatchObject([
      { start: NINE, ...file.row },
      {},
      ...(outcome.kind === 'committed' && outcome.report.rowsNew === 3 ? [{}] : []),
    ]);
  });
});
