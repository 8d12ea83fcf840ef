import type { ImagesError } from '@lightfast/core'
import type { Call, Layer, Send } from './layer.ts'

/**
 * Refuses at once what its circuit would refuse anyway, before anything is set in motion. In an outage most calls end
 * here, so it throws nothing through other layers: that costs more than all the rest.
 */
export function turnAway(refusal: (call: Call) => ImagesError | undefined): Layer {
  return function turnAwayLayer(next: Send): Send {
    return function sendOrTurnAway(call) {
      const refused = refusal(call)
      return refused ? rejectLater(refused) : next(call)
    }
  }
}

/** Rejects when somebody listens: a promise that is born rejected is taken for unhandled at first, which costs as well. */
async function rejectLater(refused: ImagesError): Promise<never> {
  await Promise.resolve()
  throw refused
}
