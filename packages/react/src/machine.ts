/** What drives a machine: the state, the way to change it, and the way to watch it. */
export interface Machine<State, Event> {
  readonly getState: () => State
  readonly send: (event: Event) => void
  /** Calls the listener after every change. Returns the way to stop. */
  readonly subscribe: (listener: () => void) => () => void
  /** Aborts the running work for good. The state stays as it is and no event changes it any more. */
  readonly stop: () => void
}

/** The work that belongs to a status. It ends by sending an event, and its signal aborts when the status is left. */
export type Work<State, Event> = (
  state: State,
  send: (event: Event) => void,
  signal: AbortSignal,
) => void

export interface MachineOptions<State, Event> {
  readonly initial: State
  /** Pure. Returning the same object means that nothing happened. */
  readonly transition: (state: State, event: Event) => State
  readonly work: Work<State, Event>
}

/**
 * Makes a machine and starts the work of its first status. Effects belong to states: entering a status
 * starts its work and leaving it aborts that work, so cancel, retry and unmount need no code of their own.
 */
export function createMachine<State extends { readonly status: string }, Event>(
  options: MachineOptions<State, Event>,
): Machine<State, Event> {
  const { transition, work } = options
  const listeners = new Set<() => void>()
  let state = options.initial
  let stopped = false
  let leaving = new AbortController()

  function send(event: Event): void {
    const before = state
    if (stopped) return
    state = transition(before, event)
    if (state === before) return
    if (state.status !== before.status) enter()
    for (const listener of listeners) listener()
  }

  function enter(): void {
    leaving.abort()
    leaving = new AbortController()
    work(state, send, leaving.signal)
  }

  enter()
  return {
    getState: () => state,
    send,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop() {
      stopped = true
      leaving.abort()
    },
  }
}
