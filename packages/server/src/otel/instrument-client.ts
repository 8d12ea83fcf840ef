import { metrics } from '@opentelemetry/api'
import type { Meter } from '@opentelemetry/api'
import type { ImagesClient } from '../client/create-images-client.ts'
import { countEvents } from './count-events.ts'
import { observeStatus } from './observe-status.ts'

export interface InstrumentOptions {
  /** @default the global one called `@lightfast/server`, so the SDK has to be set up before */
  readonly meter?: Meter
}

/** The part of a client that is looked at. */
export type InstrumentedClient = Pick<ImagesClient, 'events' | 'status'>

/**
 * Maps what a client tells to metrics of OpenTelemetry, from now on. No attribute holds an id, a token or an address.
 * @returns What ends it: nothing is recorded or observed after that.
 */
export function instrumentClient(
  client: InstrumentedClient,
  { meter = metrics.getMeter('@lightfast/server') }: InstrumentOptions = {},
): () => void {
  const endings = [countEvents(client.events, meter), observeStatus(client, meter)]
  return () => endings.forEach((end) => end())
}
