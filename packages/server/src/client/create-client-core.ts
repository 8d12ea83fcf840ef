import { createEventBus } from '../events.ts'
import type { EventBus, Events } from '../events.ts'
import { logEvents } from '../log-events.ts'
import type { Logger } from '../log-events.ts'
import { fitLease } from '../resilience/breaker-config.ts'
import type { CircuitControls } from '../resilience/circuits.ts'
import { createResilience } from '../resilience/create-resilience.ts'
import type { ResilienceStatus } from '../resilience/create-resilience.ts'
import { createLocalVotes } from '../resilience/local-votes.ts'
import type { Sharing } from '../resilience/share-circuits.ts'
import type { WitnessedCircuit, WitnessedSnapshot } from '../resilience/witnessed-circuit.ts'
import { defaultSurroundings } from '../surroundings.ts'
import type { Surroundings } from '../surroundings.ts'
import { createApi } from './api.ts'
import type { Api } from './api.ts'
import { readClientConfig } from './client-config.ts'
import type { ClientFigures } from './client-config.ts'
import type { HostOptions } from './hosts.ts'
import { settle } from './settle.ts'

export interface ImagesClientOptions extends HostOptions, Partial<Surroundings>, ClientFigures {
  /** `shareCircuits({ store })`, if processes are to share what they know of circuits and limits. @default they do not */
  readonly share?: Sharing
  /** Where retries, changes of circuits and the like are written. @default console */
  readonly logger?: Logger
}

/** What holds the client together, at this moment. */
export interface ClientStatus extends ResilienceStatus {
  readonly uploadHost: WitnessedSnapshot
}

/** What every call goes through, whatever it calls. */
export interface ClientCore {
  /** Tells of every attempt, retry, refusal and change. */
  readonly events: Events
  /** For operators. */
  readonly circuits: CircuitControls
  /**
   * Tells what somebody's browser saw of the upload host, which this process never calls. Three different people who
   * saw it fail open its circuit.
   */
  readonly reportUploadHost: WitnessedCircuit['vote']
  readonly status: () => ClientStatus
}

/** How many people must have seen the upload host fail: one may have a bad connection, and two may share it. */
const VOTERS = 3

/**
 * Makes what every call goes through, and the one function by which endpoints are called.
 * @throws TypeError or RangeError if an option is missing or out of its range.
 */
export function createClientCore(options: ImagesClientOptions): ClientCore & { readonly api: Api } {
  const { accountId: scope, apiToken } = options
  if (!scope) throw new TypeError('createImagesClient needs an accountId.')
  if (!apiToken) throw new TypeError('createImagesClient needs an apiToken.')
  const surroundings = readSurroundings(options)
  const config = readClientConfig(options)
  const bus = createBus(options.logger ?? console)
  const breaker = fitLease(config)
  const shared = options.share?.({ scope, breaker, voters: VOTERS, surroundings, bus })
  const votes = { config: breaker, surroundings, bus }
  const uploadHost = shared?.uploadHost ?? createLocalVotes('upload-host', votes, VOTERS)
  const resilience = createResilience({ config, surroundings, bus, fleet: shared?.fleet })
  const { circuits, status } = resilience
  const send = resilience.around(settle(surroundings))
  return {
    api: createApi({ ...options, send, surroundings, bus }),
    events: { on: bus.on },
    circuits,
    reportUploadHost: uploadHost.vote,
    status: () => ({ ...status(), uploadHost: uploadHost.snapshot() }),
  }
}

function createBus(logger: Logger): EventBus {
  const bus = createEventBus((error) => logger.error('lightfast: a listener threw', error))
  logEvents(bus, logger)
  return bus
}

/** One that is undefined is as good as one that is not there. */
function readSurroundings(given: Partial<Surroundings>): Surroundings {
  const { fetch, now, monotonic, random, randomId, schedule } = defaultSurroundings
  return {
    fetch: given.fetch ?? fetch,
    now: given.now ?? now,
    monotonic: given.monotonic ?? monotonic,
    random: given.random ?? random,
    randomId: given.randomId ?? randomId,
    schedule: given.schedule ?? schedule,
  }
}
