/** The tools of the page's script. What comes from outside becomes text nodes and attributes, never markup. */
export const scriptTools = `
const base = '/__lightfast'
const byId = (id) => document.getElementById(id)

function make(tag, attributes, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children.filter((child) => child !== null))
  return element
}

const draw = (tag, attributes) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  return element
}

async function call(method, path, body) {
  const headers = { 'Content-Type': 'application/json' }
  const init = method === 'GET' ? {} : { method, headers, body: JSON.stringify(body ?? {}) }
  const reply = await fetch(base + path, init)
  const value = await reply.json()
  if (!reply.ok) throw Object.assign(new Error(value.message), { field: value.field })
  return value
}

const notice = (text) => {
  if (byId('notice').textContent !== text) byId('notice').textContent = text
}

async function act(work) {
  try {
    await work()
    notice('')
  } catch (error) {
    notice(error.message)
  }
  await refresh()
}

const onClick = (id, work) => byId(id).addEventListener('click', () => act(work))

const clockTime = (at) => new Date(at).toLocaleTimeString('en-GB')

const words = (ms) => {
  const minutes = Math.round(Math.abs(ms) / 60000)
  const hours = Math.floor(minutes / 60)
  return (hours > 0 ? hours + ' h ' : '') + (minutes % 60) + ' min'
}

const empty = (text) => make('li', { class: 'soft' }, text)

function fill(list, items, placeholder) {
  list.replaceChildren(...(items.length > 0 ? items : [empty(placeholder)]))
}

const verdict = (status) => (status === 0 ? 'broken' : status < 400 ? 'answered' : 'failed')
`
