import { ImagesError } from '@lightfast/core'
import * as v from 'valibot'
import type { BreakerStore, FleetVerdict } from '../resilience/breaker-store.ts'
import { createScript } from './script.ts'
import type { Script, SendCommand } from './script.ts'
import { grantProbeLua, observeLua, settleProbeLua, takeReportLua } from './scripts.ts'

export interface RedisBreakerStoreOptions {
  /**
   * Sends one command and resolves to its reply. With ioredis: `([name, ...args]) => redis.call(name, ...args)`;
   * with node-redis: `(command) => client.sendCommand([...command])`. Turn off the client's offline queue: a probe
   * that is leased when the connection is back, to a caller who has long gone, keeps others waiting for its lease.
   */
  readonly send: SendCommand
  /** What the keys begin with. @default 'lightfast' */
  readonly prefix?: string
  /** For tests only: whole milliseconds. @default the clock of the server */
  readonly now?: () => number
}

const verdictSchema = v.object({
  status: v.picklist(['closed', 'open', 'probing']),
  generation: v.number(),
  remainingMs: v.number(),
  trips: v.number(),
  reason: v.exactOptional(v.picklist(['consecutive', 'rate', 'slow', 'probe'])),
})

const replySchema = v.pipe(v.string(), v.parseJson(), verdictSchema)
const probeReplySchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ ...verdictSchema.entries, granted: v.boolean() }),
)

/**
 * Makes circuits that any number of machines share through Redis 7 or later. Every method is one script and one
 * round trip; time is the server's. A circuit is one hash, so a cluster will do, and it goes by itself a day after
 * nobody needed it any more. Whatever goes wrong is a `store_unavailable`: the caller goes on with what it knows
 * itself. How long to wait for a reply is the caller's affair.
 */
export function createRedisBreakerStore(options: RedisBreakerStoreOptions): BreakerStore {
  const { send, prefix = 'lightfast', now } = options
  const scripts = {
    observe: createScript(send, observeLua, 'EVALSHA_RO'),
    report: createScript(send, takeReportLua),
    tryProbe: createScript(send, grantProbeLua),
    settleProbe: createScript(send, settleProbeLua),
  }
  // A hash tag keeps a circuit in one slot, whatever else its key is made of.
  const run = (script: Script, circuit: string, json: readonly [unknown, unknown]) => {
    const clock = now === undefined ? '' : String(now())
    const args = [...json.map(toJson), clock]
    return script(`${prefix}:{${circuit}}`, args)
  }
  return {
    observe: (circuit) => read(run(scripts.observe, circuit, [{}, {}]), replySchema),
    report: (circuit, report, rules) =>
      read(run(scripts.report, circuit, [report, rules]), replySchema),
    tryProbe: (circuit, request) =>
      read(run(scripts.tryProbe, circuit, [request, {}]), probeReplySchema),
    settleProbe: (circuit, probe, rules) =>
      read(run(scripts.settleProbe, circuit, [probe, rules]), replySchema),
  }
}

/** JSON has no infinity, and a rule such as `consecutiveFailures: Infinity` means never. */
function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, part) => (part === Infinity ? Number.MAX_VALUE : part))
}

/** The one place where an error of Redis becomes a failure. */
async function read<Verdict extends FleetVerdict>(
  reply: Promise<unknown>,
  schema: v.GenericSchema<unknown, Verdict>,
): Promise<Verdict> {
  try {
    return v.parse(schema, await reply)
  } catch (error) {
    const message =
      'The shared circuits in Redis did not answer as they should. This process goes on with what it knows itself.'
    throw new ImagesError('store_unavailable', message, { cause: error })
  }
}
