import { switches } from './switches.ts'
import type { SwitchStore } from './use-switches.ts'

const CONTROL = '/__lightfast/faults'

/** The faults of the local Cloudflare Images. */
export const faultStore: SwitchStore = { read, write }

/** A switch is on if all of its faults are listed, whatever else the list tells of them. */
async function read(): Promise<ReadonlySet<string>> {
  const reply = await fetch(CONTROL)
  if (!reply.ok) throw new Error(`The switchboard answered ${reply.status}.`)
  const listed = await reply.text()
  const isListed = (fault: object) => listed.includes(JSON.stringify(fault).slice(1, -1))
  return new Set(switches.filter(({ faults }) => faults.every(isListed)).map(({ id }) => id))
}

async function write(on: ReadonlySet<string>): Promise<void> {
  const faults = switches.filter(({ id }) => on.has(id)).flatMap((one) => one.faults)
  const reply = await fetch(CONTROL, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(faults),
  })
  if (!reply.ok) throw new Error(`The switchboard answered ${reply.status}.`)
}
