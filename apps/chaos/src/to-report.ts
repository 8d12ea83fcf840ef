import type { Counts, Figures } from './figures.ts'

/** Words the figures of a run for people. */
export function toReport(figures: Figures): string {
  const { uploads, lost, doubled, unsettled, seconds } = figures
  return [
    `${uploads} uploads: ${lost} lost, ${doubled} doubled, ${unsettled} unsettled.`,
    `  wrong        ${say(figures.findings)}`,
    `  ended        ${say(figures.outcomes)}`,
    `  records      ${say(figures.states)} (${figures.expiredOfGone} expired whose person left)`,
    `  by rung      ${say(figures.rungs)}`,
    `  attempts     ${figures.attempts}, failed: ${say(figures.attemptFailures)}`,
    `  by hand      ${figures.retriesByHand} retries`,
    `  requests     ${figures.requests} at Cloudflare, with faults: ${say(figures.faults)}`,
    `  troubles     ${say(figures.troubles)}`,
    `  time         ${seconds.told} s by the clock of the run, ${seconds.real} s in truth`,
  ].join('\n')
}

function say(counts: Counts): string {
  const words = Object.entries(counts).map(([word, count]) => `${word} ${count}`)
  return words.length > 0 ? words.join(', ') : 'nothing'
}
