/** What the control page does: it asks for new lines every second, and for the rest when there are some. */
export const scriptMain = `
let lastRequest = 0
let lastWebhook = 0
let lines = []
let clock = { now: Date.now(), offsetMs: 0 }
let askedAt = Date.now()

const emulatorNow = () => clock.now + Date.now() - askedAt

// A line may be older than the last jump: then it was written by another offset, most often by none.
const trueTime = (at) => {
  const shifted = at - clock.offsetMs
  return at <= Date.now() ? Math.max(at, shifted) : shifted
}

async function readRequests() {
  const fresh = await call('GET', '/requests?after=' + lastRequest)
  for (const line of fresh) {
    const at = lastRequest === 0 ? trueTime(line.at) : Date.now()
    seen.push({ at, part: partOf(line), verdict: verdict(line.status) })
  }
  lastRequest = fresh.at(-1)?.id ?? lastRequest
  lines = [...lines, ...fresh].slice(-200)
  if (fresh.length > 0) {
    drawLog('requests', lines.map((line) => toLine(line, line.method, shorten(line.path))), 'No requests yet.')
  }
  return fresh.length > 0
}

async function readWebhooks() {
  const all = await call('GET', '/webhooks')
  for (const { id, at, status } of all.filter((line) => line.id > lastWebhook)) {
    seen.push({ at: lastWebhook === 0 ? trueTime(at) : Date.now(), part: 'Webhooks', verdict: verdict(status) })
  }
  lastWebhook = all.at(-1)?.id ?? lastWebhook
  const toWords = (line) => toLine(line, line.about, line.imageId ?? 'message')
  drawLog('webhooks', all.map(toWords), 'Nothing was sent yet.')
}

async function readClock() {
  clock = await call('GET', '/clock')
  askedAt = Date.now()
}

async function refresh() {
  await readClock()
  const [scenarios, faults, images, slots, account] = await Promise.all(
    ['/scenarios', '/faults', '/images', '/slots', '/account'].map((path) => call('GET', path)),
  )
  drawSwitches(scenarios, faults)
  drawFaults(faults)
  drawImages(images)
  drawSlots(slots, emulatorNow())
  drawAccount(account)
  await readWebhooks()
  drawClock({ ...clock, now: emulatorNow() })
}

async function tick() {
  try {
    if (await readRequests()) await refresh()
    else await readWebhooks()
    if (byId('notice').textContent === silent) notice('')
  } catch {
    notice(silent)
  }
  drawClock({ ...clock, now: emulatorNow() })
  drawPlots(Date.now())
  setTimeout(tick, 1000)
}

const silent = 'The emulator does not answer.'

for (const button of document.querySelectorAll('[data-jump]')) {
  button.addEventListener('click', () => act(() => call('POST', '/clock/jump', { ms: Number(button.dataset.jump) })))
}
onClick('clock-reset', () => call('POST', '/clock/reset'))
onClick('webhook-test', () => call('POST', '/webhooks/test'))

const forget = () => {
  lines = []
  drawLog('requests', [], 'No requests yet.')
}
const reset = async (parts) => {
  await call('POST', '/reset', parts ? { parts } : {})
  if (!parts || parts.includes('requests')) forget()
}
onClick('reset-faults', () => reset(['faults', 'clock', 'requests', 'webhooks']))
onClick('reset-images', async () => {
  if (confirm('Remove all images and slots?')) await reset(['images'])
})
onClick('reset-all', async () => {
  if (confirm('Remove all images and set everything back?')) await reset()
})

byId('fault-add').addEventListener('click', async () => {
  const problem = byId('fault-problem')
  problem.textContent = ''
  try {
    const value = JSON.parse(byId('fault').value)
    await call('POST', '/faults', Array.isArray(value) ? value : [value])
  } catch (error) {
    problem.textContent = error instanceof SyntaxError ? 'This is not JSON.' : error.message
  }
  await refresh()
})

drawLog('requests', [], 'No requests yet.')
refresh().then(tick, tick)
`
