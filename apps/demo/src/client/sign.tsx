import type { ReactNode } from 'react'

/** Draws a small sign. Its shape says what it is, and a word stands beside it: the colour only underlines them. */
export function Sign({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}

/** The signs of what an upload can be at, as the kit draws them. */
export const uploadSigns = {
  // Up
  direct: <path d="M8 13.5v-11M3.5 7 8 2.5 12.5 7" />,
  // Up, by a detour
  relay: <path d="M2.5 13.5V11A2.5 2.5 0 0 1 5 8.5h3.5A2.5 2.5 0 0 0 11 6V2.5M8 5.5l3-3 3 3" />,
  // A parcel, ready to go
  park: <path d="M8 2 13.5 5v6L8 14l-5.5-3V5ZM2.5 5 8 8l5.5-3M8 8v6M5.25 3.5l5.5 3" />,
  // A clock
  waiting: <path d="M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 4.75V8l2.25 1.5" />,
  // An hourglass
  arrived: (
    <path d="M4 2.5h8M4 13.5h8M4.75 2.5v2C4.75 6.5 8 7 8 8s-3.25 1.5-3.25 3.5v2M11.25 2.5v2C11.25 6.5 8 7 8 8s3.25 1.5 3.25 3.5v2" />
  ),
  // A tick in a ring
  ready: <path d="M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM5.5 8.25l1.75 1.75 3.25-3.75" />,
  // A ring with a bar
  refused: <path d="M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM3.9 3.9l8.2 8.2" />,
  // A ring with a dash
  over: <path d="M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM5.5 8h5" />,
} as const
