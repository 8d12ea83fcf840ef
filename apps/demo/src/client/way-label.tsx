import type { Rung } from '@lightfast/core'
import { Sign, uploadSigns } from './sign.tsx'

/** Tells which way a picture took. */
export function WayLabel({ rung }: { readonly rung: Rung }) {
  return (
    <span className="way" data-rung={rung}>
      <Sign>{uploadSigns[rung]}</Sign>
      {words[rung]}
    </span>
  )
}

/** Short enough for the smallest tile. */
const words: { readonly [Way in Rung]: string } = {
  direct: 'Sent directly',
  relay: 'Via our server',
  park: 'Kept, then sent',
}
