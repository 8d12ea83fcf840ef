/** What a person does with one file, from picking it to its end. */
import type { FastClock } from './clock.ts'
import { createDevice } from './device.ts'
import type { Device, DeviceOptions } from './device.ts'
import { openPage } from './page.ts'
import type { Page } from './page.ts'
import type { Behaviour, UploadPlan } from './plan.ts'
import type { Outcome, Story } from './story.ts'

export interface LiveOptions extends DeviceOptions {
  readonly ownerId: string
  /** Aborts when nobody is waited for any longer. */
  readonly signal: AbortSignal
}

/** Lets a person pick the file, and do what they do. Resolves when it is over for them. */
export async function live(options: LiveOptions): Promise<Story> {
  const { plan, ownerId, signal } = options
  const device = createDevice(options)
  const visit = createVisit(device)
  const stuck = Promise.withResolvers<Outcome>()
  const giveUp = (): void => stuck.resolve(visit.describeStuck())
  signal.addEventListener('abort', giveUp, { once: true })
  const outcome = await Promise.race([behave(plan, device, visit), stuck.promise])
  // Else the signal would hold the device, with its file, to the end of the run.
  signal.removeEventListener('abort', giveUp)
  device.tell(`over: ${JSON.stringify(outcome)}`)
  visit.leave()
  const { sha256 } = device.file
  return {
    plan,
    sha256,
    ownerId,
    outcome,
    lastSeen: device.lastSeen(),
    uploadIds: device.uploadIds(),
    retries: device.retries(),
    lines: device.lines(),
  }
}

/** The tabs that one person has open. */
interface Visit {
  /** Opens a page. The file is picked again if the device knows nothing of it. */
  readonly come: () => Promise<Page>
  readonly leave: () => void
  readonly describeStuck: () => Outcome
}

/** Long enough for drafts to be read. */
const RESTORE_MS = 200

function createVisit(device: Device): Visit {
  const { clock, file, tell } = device
  let pages: Page[] = []
  return {
    async come() {
      const page = openPage(device, `tab ${pages.length + 1}`)
      pages.push(page)
      await clock.sleep(RESTORE_MS)
      if (page.items().length === 0 && pages.length === 1) {
        page.pick(new File([file.bytes], file.name, { type: file.type }))
      }
      return page
    },
    leave() {
      for (const page of pages) page.close()
      pages = []
      tell('closes the page')
    },
    describeStuck() {
      const items = pages.flatMap((page) => page.items())
      return { ended: 'stuck', status: items.map(({ state }) => state.status).join(', ') }
    },
  }
}

async function behave({ behaviour }: UploadPlan, device: Device, visit: Visit): Promise<Outcome> {
  const page = await visit.come()
  switch (behaviour.does) {
    case 'waits':
      return page.outcome
    case 'comes-back':
      return comeBack(behaviour, { page, device, visit })
    case 'two-tabs':
      return useTwoTabs(behaviour, { page, device, visit })
    case 'goes-offline':
      return goOffline(behaviour, page, device)
    case 'cancels':
      return (await within(page, device.clock, behaviour.afterMs)) ?? cancel(page, device)
    case 'gives-up':
      return (await within(page, device.clock, behaviour.afterMs)) ?? { ended: 'gone' }
    default:
      return behaviour satisfies never
  }
}

/** Undefined if it takes longer. */
function within(page: Page, clock: FastClock, ms: number): Promise<Outcome | undefined> {
  return Promise.race([page.outcome, clock.sleep(ms).then(() => undefined)])
}

interface Scene {
  readonly page: Page
  readonly device: Device
  readonly visit: Visit
}

type Doing<Does extends Behaviour['does']> = Extract<Behaviour, { readonly does: Does }>

async function comeBack(
  { leaves }: Doing<'comes-back'>,
  { page: first, device: { clock }, visit }: Scene,
): Promise<Outcome> {
  let page = first
  for (const { afterMs, awayMs } of leaves) {
    const outcome = await within(page, clock, afterMs)
    if (outcome) return outcome
    visit.leave()
    await clock.sleep(awayMs)
    page = await visit.come()
  }
  return page.outcome
}

/** Of both tabs the one that ends later counts: by then both have said how it ended. */
async function useTwoTabs(
  { afterMs }: Doing<'two-tabs'>,
  { page, device: { clock, tell }, visit }: Scene,
): Promise<Outcome> {
  await clock.sleep(afterMs)
  const other = await visit.come()
  const first = await page.outcome
  if (other.items().length === 0) return first
  const second = await other.outcome
  if (JSON.stringify(first) !== JSON.stringify(second)) tell('the two tabs do not agree')
  return second
}

async function goOffline(
  { afterMs, forMs }: Doing<'goes-offline'>,
  page: Page,
  { clock, network, tell, lookAgain }: Device,
): Promise<Outcome> {
  await clock.sleep(afterMs)
  network.goOffline()
  tell('goes offline')
  await clock.sleep(forMs)
  network.goOnline()
  tell('is online again')
  lookAgain()
  return page.outcome
}

async function cancel(page: Page, device: Device): Promise<Outcome> {
  const [item] = page.items()
  if (!item) return page.outcome
  device.tell('cancels')
  page.cancel(item.id)
  const heard = await device.cancelHeard()
  if (heard === undefined) return { ended: 'cancelled', told: 'unsaid' }
  return { ended: 'cancelled', told: heard ? 'heard' : 'unheard' }
}
