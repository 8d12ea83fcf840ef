/** What the panels hear first, told to the rows of the uploads. */

const news = new EventTarget()

/** Tells that uploads have changed somewhere: whoever waits for one may look at once. */
export function tellNews(): void {
  news.dispatchEvent(new Event('news'))
}

/** Calls the listener when there may be something new: uploads have changed, or somebody looks at the page again, or it is online again. */
export function watchNews(listener: () => void, signal: AbortSignal): void {
  news.addEventListener('news', listener, { signal })
  document.addEventListener('visibilitychange', () => document.hidden || listener(), { signal })
  window.addEventListener('online', listener, { signal })
}
