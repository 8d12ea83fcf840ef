import { useCallback, useEffect, useState } from 'react'

export type Loaded<Value> =
  | { readonly status: 'loading' }
  | { readonly status: 'loaded'; readonly value: Value }
  | { readonly status: 'failed' }

/** Loads a value now, when asked to, and when the page comes back to the front. What was loaded stays meanwhile. */
export function useLoaded<Value>(load: () => Promise<Value>): readonly [Loaded<Value>, () => void] {
  const [state, setState] = useState<Loaded<Value>>({ status: 'loading' })

  const reload = useCallback(() => {
    load().then(
      (value) => setState({ status: 'loaded', value }),
      () => setState((before) => (before.status === 'loaded' ? before : { status: 'failed' })),
    )
  }, [load])

  useEffect(() => {
    const onVisible = () => document.visibilityState === 'visible' && reload()
    reload()
    document.addEventListener('visibilitychange', onVisible)
    return () => document.removeEventListener('visibilitychange', onVisible)
  }, [reload])

  return [state, reload]
}
