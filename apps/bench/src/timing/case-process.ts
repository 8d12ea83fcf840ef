/** One case in a process of its own: `node case-process.ts PEER CASE [CALLS_BEFORE]`. Writes nanoseconds a call. */
import { findCase } from '../peers/find-case.ts'
import { timeFresh, timeSteady } from './time-calls.ts'

const [peer = '', name = '', callsBefore] = process.argv.slice(2)
const found = await findCase(peer, name)
const ns = callsBefore === undefined ? timeSteady(found) : timeFresh(found, Number(callsBefore))
console.log(await ns)
