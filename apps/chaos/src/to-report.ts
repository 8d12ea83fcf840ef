import type { Counts, Figures } from './figures.ts'
import { MAX_SIDE_BY_SIDE, OPEN_PERIOD_MS } from './measure-outage.ts'
import { plot } from './plot.ts'
import type { OutageResult } from './run-outage.ts'

/** Words the figures of a run for people. */
export function toReport(figures: Figures): string {
  const { uploads, lost, doubled, unsettled, seconds } = figures
  return [
    `${uploads} uploads: ${lost} lost, ${doubled} doubled, ${unsettled} unsettled.`,
    `  wrong        ${say(figures.findings)}`,
    `  ended        ${say(figures.outcomes)}`,
    `  records      ${say(figures.states)} (${figures.expiredUnseen} expired that nobody saw through)`,
    `  by rung      ${say(figures.rungs)}`,
    `  attempts     ${figures.attempts}, failed: ${say(figures.attemptFailures)}`,
    `  by hand      ${figures.retriesByHand} retries`,
    `  requests     ${figures.requests} at Cloudflare, with faults: ${say(figures.faults)}`,
    `  troubles     ${say(figures.troubles)}`,
    ...Object.entries(figures.complaints).map(([what, times]) => `  ${times} times      ${what}`),
    `  time         ${seconds.told} s by the clock of the run, ${seconds.real} s in truth`,
  ].join('\n')
}

/** Words what an outage of an hour came to. */
export function toOutageReport(result: OutageResult): string {
  const { uploads, readyBefore, resumedAfterMs, doneAfterMs, sideBySide } = result
  const { callsPerMinute, sendsPerSecond } = result
  return [
    `${uploads} uploads were handed over while Cloudflare was down for an hour; ${readyBefore} were ready before its end.`,
    `Sending began by itself ${toSeconds(resumedAfterMs)} s after it. The bound is one open period, ${toSeconds(OPEN_PERIOD_MS)} s.`,
    `All were ready ${toSeconds(doneAfterMs)} s after it.`,
    `At the most ${sideBySide} were sent side by side. The bound is ${MAX_SIDE_BY_SIDE}.`,
    '',
    'Calls in each minute of the outage:',
    plot(callsPerMinute, 'min'),
    '',
    'Files sent in each second from the first one on after the outage:',
    plot(sendsPerSecond, 's'),
  ].join('\n')
}

function toSeconds(ms: number): number {
  return Math.round(ms / 1000)
}

function say(counts: Counts): string {
  const words = Object.entries(counts).map(([word, count]) => `${word} ${count}`)
  return words.length > 0 ? words.join(', ') : 'nothing'
}
