import { scenarios } from '../scenarios.ts'
import type { Fault } from '../faults.ts'
import type { ScenarioName } from '../scenarios.ts'

/** The parts of Cloudflare Images that the control page has a lamp for. */
export type Part = 'Outages' | 'API' | 'Upload host' | 'Verdict' | 'Delivery' | 'Webhooks'

/** A scenario as a switch: where it acts, what it is called, and what it does. */
export interface Switch {
  readonly name: ScenarioName
  readonly part: Part
  readonly title: string
  readonly line: string
  readonly faults: readonly Fault[]
}

type SwitchName = Exclude<ScenarioName, 'uploadHostDown'>

interface Words {
  readonly part: Part
  readonly title: string
  readonly line: string
}

/** Words every scenario, in the order of the page; `uploadHostDown` is the same as July 2026. */
const words: Readonly<Record<SwitchName, Words>> = {
  february2025: {
    part: 'Outages',
    title: 'February 2025',
    line: 'Storage is off: no upload and no picture works. It lasted 59 minutes.',
  },
  march2025: {
    part: 'Outages',
    title: 'March 2025',
    line: 'All uploads fail, and three of four pictures with them.',
  },
  july2026: {
    part: 'Outages',
    title: 'July 2026',
    line: 'Every direct upload gets 415 and code 5550, while the API works. It lasted two days.',
  },
  provisioningDown: {
    part: 'API',
    title: 'No slots',
    line: 'Asking for a place to upload to is answered with 503.',
  },
  rateLimited: {
    part: 'API',
    title: 'Rate limit',
    line: 'Everything is refused for five minutes from the next call on.',
  },
  repliesUnreadable: {
    part: 'API',
    title: 'HTML for JSON',
    line: 'Calls are done, and answered with a page of HTML.',
  },
  listsLag: {
    part: 'API',
    title: 'Late lists',
    line: 'New images are missing from lists for a minute.',
  },
  slow: { part: 'API', title: 'Slow', line: 'Every step takes three seconds longer.' },
  connectionDrops: {
    part: 'Upload host',
    title: 'Dropped connection',
    line: 'The connection is reset after 64 KB.',
  },
  slowLine: {
    part: 'Upload host',
    title: 'Slow line',
    line: 'Uploads and pictures crawl at 32 KB a second.',
  },
  neverAnswers: {
    part: 'Upload host',
    title: 'No answer',
    line: 'The connection is taken, and nothing is ever answered.',
  },
  repliesLost: {
    part: 'Upload host',
    title: 'Lost reply',
    line: 'The file is kept, and the connection breaks before the reply.',
  },
  fileRefused: {
    part: 'Verdict',
    title: 'Wrong kind of file',
    line: 'The upload host does not take this type.',
  },
  fileDamaged: {
    part: 'Verdict',
    title: 'Damaged file',
    line: 'The upload host cannot read the picture.',
  },
  fileRefusedLater: {
    part: 'Verdict',
    title: 'Refused later',
    line: 'The file is taken first and refused afterwards.',
  },
  verdictNever: {
    part: 'Verdict',
    title: 'No verdict',
    line: 'The file is taken, and the image stays a draft.',
  },
  picturesCut: {
    part: 'Delivery',
    title: 'Cut pictures',
    line: 'Every picture breaks off after 2 KB.',
  },
  webhooksUnreliable: {
    part: 'Webhooks',
    title: 'Unreliable webhooks',
    line: 'The next notification comes late, all others twice.',
  },
}

/** Lists every scenario with its words. */
export const switches: readonly Switch[] = Object.keys(words)
  .filter(isSwitchName)
  .map((name) => ({ name, ...words[name], faults: scenarios[name] }))

function isSwitchName(name: string): name is SwitchName {
  return Object.hasOwn(words, name)
}
