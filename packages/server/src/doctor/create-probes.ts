import type { CallOptions } from '../client/api.ts'
import { createImagesClient } from '../client/create-images-client.ts'
import type { ImagesClient } from '../client/create-images-client.ts'
import { discard } from '../client/read-stream.ts'
import type { Surroundings } from '../surroundings.ts'
import { toAnswer } from './answer.ts'
import type { Answer } from './answer.ts'
import { askApi, toUnreachable } from './ask-api.ts'
import type { Asked } from './ask-api.ts'
import { inTime } from './in-time.ts'
import type { Draft, Probes } from './probes.ts'
import type { Settings } from './settings.ts'
import { toVerdict } from './token-verdict.ts'

/** For one question, and for all of them: somebody is waiting. */
const QUESTION_MS = 4000
const TOTAL_MS = 12_000

/** The least is two minutes and the client's margin. */
const DRAFT_MS = 180_000

/** Makes the questions; those that the client has endpoints for are the client's. Nothing is asked yet. */
export function createProbes(settings: Settings, surroundings: Surroundings): Probes {
  const { accountId, apiToken, baseUrl } = settings
  const endsAt = surroundings.monotonic() + TOTAL_MS
  const account = `accounts/${accountId}`
  const connection = once(() => ask('user/tokens/verify'))
  const there = once(async () => createQuietClient(settings, surroundings, await connection()))
  return {
    settings,
    connection,
    token: once(async () => toVerdict(await connection(), () => ask(`${account}/tokens/verify`))),
    account: once(async () => (await ask(account)).answer),
    stats: call(({ stats }, options) => stats.get(options)),
    draft: call(makeDraft),
    images: call(
      async ({ images }, options) => (await images.listPage({ perPage: 100 }, options)).images,
    ),
    variants: call(({ variants }, options) => variants.list(options)),
    keys: call(({ keys }, options) => keys.list(options)),
    batchToken: once(async () => (await ask(`${account}/images/v1/batch_token`)).answer),
    config: once(async () => (await ask(`${account}/images/v1/config`)).answer),
    destinations: once(
      async () => (await ask(`${account}/alerting/v3/destinations/webhooks`)).answer,
    ),
    deliver: (url) => deliver(url, toLimit(), surroundings),
    now: surroundings.now,
  }

  function ask(path: string): Promise<Asked> {
    return askApi({ url: `${baseUrl}/${path}`, apiToken, limitMs: toLimit(), surroundings })
  }

  function call<Value>(
    work: (client: ImagesClient, options: CallOptions, now: number) => Promise<Value>,
  ): () => Promise<Answer<Value>> {
    return once(async () => {
      const { client, now } = await there()
      return toAnswer(work(client, { deadlineMs: toLimit(), repeat: 'never' }, now()))
    })
  }

  /** Once the time is over, what is left is answered at once: it was too late. */
  function toLimit(): number {
    return Math.max(1, Math.min(QUESTION_MS, endsAt - surroundings.monotonic()))
  }
}

/** Asks when it is first needed, and remembers the answer. */
function once<Value>(work: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | undefined
  return () => (asked ??= work())
}

/** One that logs nothing, refuses nothing, and goes by their clock: ours is judged apart. */
function createQuietClient(
  { accountId, apiToken, baseUrl }: Settings,
  surroundings: Surroundings,
  { ourTime, theirTime = ourTime }: Asked,
): { readonly client: ImagesClient; readonly now: () => number } {
  const now = (): number => surroundings.now() + theirTime - ourTime
  const logger = { info() {}, warn() {}, error() {} }
  const client = createImagesClient({
    ...surroundings,
    now,
    accountId,
    apiToken,
    baseUrl,
    logger,
    batch: 'off',
  })
  client.circuits.disable('read')
  client.circuits.disable('write')
  return { client, now }
}

async function makeDraft(
  { directUploads }: ImagesClient,
  options: CallOptions,
  now: number,
): Promise<Draft> {
  const draft = { expiresAt: now + DRAFT_MS, privacy: 'private' } as const
  const { id, uploadURL } = await directUploads.create(draft, options)
  return { id, uploadURL, lifeMs: DRAFT_MS }
}

/** Only the status is looked at: the picture itself stays where it is. */
function deliver(
  url: string,
  limitMs: number,
  { fetch, schedule }: Surroundings,
): Promise<Answer<number>> {
  return toAnswer(
    inTime(limitMs, schedule, async (signal) => {
      try {
        const response = await fetch(new Request(url, { signal }))
        discard(response)
        return response.status
      } catch (cause) {
        signal.throwIfAborted()
        throw toUnreachable(cause)
      }
    }),
  )
}
