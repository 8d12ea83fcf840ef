import type { ImagesError } from '@lightfast/core'
import type { Surroundings } from '../surroundings.ts'
import { admits } from './breaker.ts'
import { FREE, NO_ERA } from './circuit.ts'
import type { Admission, AttemptEnd, Circuit } from './circuit.ts'
import type { FleetLink, ProbeAnswer } from './fleet-link.ts'
import type { Call } from './layer.ts'
import { refuse } from './refuse.ts'
import { settleWithin } from './settle-within.ts'
import type { Reject } from './settle-within.ts'

export interface FleetCircuitOptions {
  readonly link: FleetLink
  readonly surroundings: Pick<Surroundings, 'monotonic' | 'schedule'>
}

/**
 * Puts the fleet's verdict on top of a circuit. Its state follows the fleet, so that nothing changes if the store is lost a
 * moment later; only who may probe has to be asked.
 */
export function joinFleet(own: Circuit, { link, surroundings }: FleetCircuitOptions): Circuit {
  const { monotonic, schedule } = surroundings
  const { state } = own
  link.watch(state.follow)
  return { ...own, admit, turnAway, settle }

  function admit(call: Call): Admission | Promise<Admission> {
    if (state.mode() === 'disabled') return own.admit(call)
    const looking = link.look()
    const asked = looking ? looking.then(() => decide(call)) : decide(call)
    return asked instanceof Promise ? wait(asked, call) : asked
  }

  function decide(call: Call): Admission | Promise<Admission> {
    const isDue = state.get().status !== 'closed' && admits(state.get(), monotonic())
    if (!isDue || !link.isOpen() || state.mode() === 'isolated') return own.admit(call)
    return link.askForProbe().then((answer) => follow(call, answer))
  }

  function follow(call: Call, { lease, refusedMs }: ProbeAnswer): Admission | Promise<Admission> {
    if (lease) return { era: NO_ERA, probe: true, lease }
    if (refusedMs === undefined) return own.admit(call)
    if (state.mode() === 'observing') return FREE
    throw own.refuse(call.operation, refusedMs)
  }

  /** The fleet may have closed it meanwhile: that is looked up in the background. */
  function turnAway(operation: string): ImagesError | undefined {
    const refused = own.turnAway(operation)
    if (refused) void link.look()
    return refused
  }

  function settle(admission: Admission, end: AttemptEnd): void {
    const { era, lease } = admission
    if (lease) {
      // The host is back, and this process knows it before the fleet does.
      if (end.outcome === 'success') state.recover()
      return link.settle(lease, end)
    }
    // What was admitted in an earlier era is no news, to the fleet either.
    if (era === state.get().era) link.note(end.outcome)
    own.settle(admission, end)
  }

  /** A caller waits no longer than it can; a right that comes too late is handed back. */
  function wait(asked: Promise<Admission>, call: Call): Promise<Admission> {
    const { operation, signal, deadlineAt } = call
    const ms = deadlineAt - monotonic()
    const message = `${operation} was not sent: its deadline passed while its circuit was asked.`
    const onTime = (_: unknown, reject: Reject) => reject(refuse('host_timed_out', message, {}))
    return settleWithin({ schedule, ms, signal, onTime }, (resolve, reject) => {
      asked.then(resolve, reject)
      return () => void asked.then(giveBack, () => undefined)
    })
  }

  function giveBack(late: Admission): void {
    settle(late, { outcome: 'ignored', now: monotonic() })
  }
}
