/** The panels of the control page, each drawn from one answer of the control API. */
export const scriptPanels = `
const parts = ['Outages', 'API', 'Upload host', 'Verdict', 'Delivery', 'Webhooks']


const byStep = { upload: 'Upload host', delivery: 'Delivery', webhook: 'Webhooks' }

// Which parts feel the faults that can still act.
function disturbedBy(faults) {
  const live = faults.filter(({ remaining }) => remaining !== 0)
  return new Set(live.flatMap(({ on }) => [on].flat().map((step) => byStep[step] ?? 'API')))
}

function drawSwitches(list, faults) {
  const disturbed = disturbedBy(faults)
  const focused = document.activeElement?.dataset?.name
  const groups = parts.map((part) => {
    const own = list.filter((one) => one.part === part)
    const on = own.filter((one) => one.on).length
    const status = on > 0 || disturbed.has(part) ? 'disturbed' : 'calm'
    const lamp = make('span', { class: 'lamp', 'data-status': status, 'aria-hidden': 'true' })
    const state = make('span', { class: 'soft' }, on > 0 ? on + ' on' : status === 'calm' ? 'as in production' : 'disturbed')
    const head = make('p', { class: 'part' }, lamp, part, state)
    return make('div', {}, head, ...own.map(makeSwitch))
  })
  byId('switches').replaceChildren(...groups)
  if (focused) document.querySelector('[data-name="' + focused + '"]')?.focus()
}

function makeSwitch(one) {
  const id = 'line-' + one.name
  const line = make('span', { class: 'soft', id }, one.line)
  const knob = make('span', { class: 'throw', 'aria-hidden': 'true' })
  const label = make('span', { id: 'title-' + one.name }, one.title)
  const attributes = { type: 'button', class: 'switch', role: 'switch', 'aria-checked': String(one.on), 'aria-labelledby': 'title-' + one.name, 'aria-describedby': id, 'data-name': one.name }
  const button = make('button', attributes, label, line, knob)
  const work = () => call('PUT', '/scenarios/' + one.name, { on: !one.on })
  button.addEventListener('click', () => act(work))
  return button
}

function drawFaults(list) {
  const rows = list.map(({ remaining, ...fault }) => {
    const left = remaining === null ? 'until removed' : remaining === 0 ? 'used up' : remaining + ' left'
    const text = make('div', {}, make('code', {}, JSON.stringify(fault)), make('div', { class: 'soft' }, left))
    const remove = make('button', { type: 'button', 'aria-label': 'Remove ' + JSON.stringify(fault) }, 'Remove')
    remove.addEventListener('click', () => act(() => call('DELETE', '/faults', [fault])))
    return make('li', { class: 'row' }, text, remove)
  })
  fill(byId('faults'), rows, 'Nothing. All is as in production.')
}

const seen = []

function partOf({ method, path }) {
  if (path.startsWith('/client/') || path.startsWith('/images/')) return 'API'
  return method === 'GET' || method === 'HEAD' ? 'Delivery' : 'Upload host'
}

function drawPlots(now) {
  const plots = ['API', 'Upload host', 'Delivery', 'Webhooks'].map((part) => {
    const own = seen.filter((tick) => tick.part === part && now - tick.at < 120000)
    const svg = draw('svg', { viewBox: '0 0 1200 32', preserveAspectRatio: 'none', role: 'img', 'aria-label': part + ': ' + own.length + ' requests in two minutes' })
    svg.append(...own.map((tick) => {
      const height = tick.verdict === 'answered' ? 12 : 28
      const x = 1194 - ((now - tick.at) * 1190) / 120000
      return draw('rect', { class: 'tick', 'data-status': tick.verdict, x, y: 31 - height, width: 5, height })
    }))
    return make('div', { class: 'plot' }, make('span', { class: 'soft' }, part), svg)
  })
  byId('plots').replaceChildren(...plots)
}

function toLine({ at, status, fault }, word, text) {
  const state = verdict(status)
  const what = make('span', {}, word + ' ' + text)
  if (fault) what.append(make('span', { class: 'fault' }, ' (' + fault + ')'))
  const mark = make('span', { class: 'mark', 'aria-hidden': 'true' })
  const code = make('span', {}, mark, status === 0 ? 'cut' : String(status))
  return make('li', { 'data-status': state }, make('span', { class: 'fault' }, clockTime(at)), code, what)
}

function drawLog(id, lines, placeholder) {
  fill(byId(id), lines.slice().reverse(), placeholder)
}

function drawImages(list) {
  const items = list.slice().reverse().slice(0, 60).map((image) => {
    const name = image.filename || image.id
    const size = image.width ? image.width + ' × ' + image.height : (image.type || '')
    const state = image.state === 'settling' ? 'still a draft' : image.state
    const src = base + '/images/' + encodeURIComponent(image.id) + '/thumbnail'
    const picture = image.state === 'refused' ? make('div', { class: 'thumb' }, 'no file') : make('img', { class: 'thumb', src, alt: '', loading: 'lazy' })
    const lock = image.isPrivate ? ', private' : ''
    return make('li', {}, picture, make('span', { class: 'name', title: image.id }, name), make('span', { class: 'soft state', 'data-status': image.state }, state + lock), make('div', { class: 'soft' }, image.reason || size))
  })
  fill(byId('images'), items, 'No images yet.')
}

function drawSlots(list, now) {
  const rows = list.slice().reverse().slice(0, 40).map((slot) => {
    const until = slot.state === 'open' ? 'open for ' + words(slot.expiresAt - now) : 'expired'
    return make('li', { class: 'row' }, make('code', {}, slot.id), make('span', { class: 'soft state', 'data-status': slot.state }, until))
  })
  fill(byId('slots'), rows, 'No drafts are waiting for a file.')
}

function drawClock({ now, offsetMs }) {
  byId('time').textContent = clockTime(now)
  byId('date').textContent = new Date(now).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
  byId('time').parentElement.dataset.status = offsetMs === 0 ? 'in-step' : 'apart'
  byId('offset').textContent = offsetMs === 0 ? 'In step with this machine' : words(offsetMs) + (offsetMs > 0 ? ' ahead of' : ' behind') + ' this machine'
}

const counted = (count, word) => count + ' ' + word + (count === 1 ? '' : 's')

let hash = ''
const shorten = (path) => path.replace(/^.client.v4.accounts.[^/]+/, '…').replace('/' + hash + '/', '…/')

function drawAccount({ accountHash, webhookUrl, variants, keys, seed }) {
  hash = accountHash
  byId('account').textContent = 'Account ' + accountHash + ', ' + counted(variants.length, 'variant') + ', ' + counted(keys.length, 'key') + (seed === null ? ', no seed: faults by chance are off' : ', seed ' + seed)
  byId('webhook-url').textContent = webhookUrl ? 'Sent to ' + webhookUrl : 'No receiver is set. Give the emulator the option webhook.'
  byId('webhook-test').hidden = !webhookUrl
}
`
