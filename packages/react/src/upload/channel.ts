/**
 * One end of a line between pages and instances.
 *
 * - What is posted is heard by every other open end of the same name, in order, a moment later.
 * - Its own end does not hear it, nor does an end of another name.
 * - Once closed it hears nothing more, and posting does nothing.
 */
export interface Channel {
  readonly post: (message: unknown) => void
  readonly close: () => void
}

/** Opens a line to all pages of this origin. Where there is no such thing, nobody is at the other end. */
export function connectTabs(name: string, onMessage: (message: unknown) => void): Channel {
  if (typeof BroadcastChannel === 'undefined') return { post: nothing, close: nothing }
  const channel = new BroadcastChannel(name)
  let open = true
  channel.addEventListener('message', ({ data }) => {
    if (open) onMessage(data)
  })
  return {
    post(message) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A channel is of one origin anyway.
      if (open) channel.postMessage(message)
    },
    close() {
      open = false
      channel.close()
    },
  }
}

const nothing = (): void => undefined
