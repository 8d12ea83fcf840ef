import type { Visitor } from './api.ts'
import { faultStore } from './fault-store.ts'
import { Fieldset } from './fieldset.tsx'
import { parts, switches } from './switches.ts'
import { useSwitches } from './use-switches.ts'
import { Ways } from './ways.tsx'

/** Breaks the local Cloudflare Images, part by part, and switches the ways round it. The real one cannot be broken from here. */
export function Switchboard({ mode }: { readonly mode: Visitor['mode'] }) {
  return (
    <>
      {mode === 'local' ? (
        <Faults />
      ) : (
        <p className="soft">This demo talks to your Cloudflare account, which has no switches.</p>
      )}
      <Ways />
    </>
  )
}

function Faults() {
  const { on, toggle, problem } = useSwitches(faultStore)
  return (
    <>
      <p className="soft">
        Break a part of the image host, then try an upload.{' '}
        <a className="soft" href="/__lightfast" target="_blank">
          See inside it
        </a>
      </p>
      {problem && <p role="alert">{problem}</p>}
      {on &&
        parts.map((part) => {
          const own = switches.filter((one) => one.part === part)
          const status = own.some(({ id }) => on.has(id)) ? 'broken' : 'well'
          return (
            <Fieldset
              key={part}
              name={part}
              state={status}
              switches={own}
              kind="fault"
              {...{ status, on, toggle }}
            />
          )
        })}
    </>
  )
}
