import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createFailure } from '@lightfast/core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ada, makeRequest, png, toStream } from '../test-support/open-uploads.ts'
import { setUpCommand } from '../test-support/set-up-command.ts'
import type { CommandTest } from '../test-support/set-up-command.ts'

// Each runs processes of their own, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 60_000 })

let app: CommandTest

beforeEach(async () => {
  app = await setUpCommand()
})
afterEach(() => app.close())

async function store(): Promise<string> {
  return (await app.uploads.storeFile(ada, makeRequest(), toStream(png))).image.id
}

/** One that ran out, as its record says. */
async function expire(): Promise<string> {
  const { image } = await app.uploads.start(ada, makeRequest())
  const record = await app.store.records.find(image.id)
  if (!record) throw new Error('There is no record.')
  const failure = createFailure('slot_expired', 'It did not arrive.')
  await app.store.records.move(record, 'expired', { failure, beside: { actor: 'test' } })
  return image.id
}

async function stateOf(id: string) {
  return (await app.store.records.find(id))?.state
}

async function images(): Promise<readonly string[]> {
  const ids: string[] = []
  for await (const { id } of app.client.images.list()) ids.push(id)
  return ids
}

/** Gives a job up. */
async function giveUp(key: string): Promise<void> {
  const { jobs } = app.store
  const [owner, now] = ['test', Date.now()]
  const subject = key.slice('delete-remote:'.length)
  await jobs.enqueue([{ kind: 'delete-remote', subject, runAt: now }])
  const [job] = await jobs.claim({ lease: { owner, until: now + 60_000 }, now, limit: 1 })
  if (job) await jobs.settle(job, owner, { status: 'dead', code: 'host_refused' })
}

describe('lightfast migrate', () => {
  test('brings a new database up to date, and then has nothing to do', async () => {
    const path = join(app.folder, 'new.db')
    const env = { LIGHTFAST_DATABASE_URL: path }
    const look = await app.run(['migrate', '--dry-run', '--json'], env).ended
    expect(existsSync(path)).toBe(false)
    const { migrations }: { migrations: string[] } = JSON.parse(look.out)
    expect(migrations).toContain('0001_images_and_attempts')
    const { code, out, err } = await app.run(['migrate'], env).ended
    expect([code, err]).toEqual([0, ''])
    for (const name of migrations) expect(out).toContain(`${name} ran.`)
    expect((await app.run(['migrate'], env).ended).out).toBe('The tables are up to date.\n')
    const again = await app.run(['migrate', '--dry-run', '--json'], env).ended
    expect(JSON.parse(again.out)).toEqual({ ok: true, dryRun: true, migrations: [] })
  })

  test('names what is missing or wrong, and repeats no value', async () => {
    const none = await app.run(['migrate'], {}).ended
    expect(none.code).toBe(2)
    expect(none.err).toBe('lightfast: LIGHTFAST_DATABASE_URL is not set.\n')
    const env = { LIGHTFAST_DATABASE_URL: 'mysql://me:secret@host/db' }
    const wrong = await app.run(['migrate'], env).ended
    expect(wrong.code).toBe(2)
    expect(wrong.err).toMatch(/must be a path, file:PATH or postgres/)
    expect(wrong.err).not.toContain('secret')
  })

  test('a database that cannot be opened is told with its reason', async () => {
    const env = { LIGHTFAST_DATABASE_URL: join(app.folder, 'no', 'images.db') }
    const { code, err } = await app.run(['migrate'], env).ended
    expect(code).toBe(1)
    expect(err).toBe('lightfast: The database could not be opened. (ERR_SQLITE_ERROR)\n')
  })
})

describe('what all commands need', () => {
  test.each([['reconcile'], ['cleanup', '--yes'], ['jobs'], ['import', 'a']])(
    '%s names every variable that is missing, and asks nobody',
    async (...args) => {
      const all = args[0] === 'import' ? [...args, '--kind', 'photo', '--owner', 'ada'] : args
      const { code, out, err } = await app.run(all, {}).ended
      expect([code, out]).toEqual([2, ''])
      for (const name of ['ACCOUNT_ID', 'API_TOKEN']) expect(err).toContain(`CLOUDFLARE_${name}`)
      expect(err).toContain('LIGHTFAST_DATABASE_URL is not set.')
      expect(app.emulator.requests()).toEqual([])
    },
  )

  test('a database that is not there is not made', async () => {
    const path = join(app.folder, 'typo.db')
    const env = { ...app.environment, LIGHTFAST_DATABASE_URL: path }
    const { code, err } = await app.run(['jobs'], env).ended
    expect(code).toBe(2)
    expect(err).toContain('There is no database where LIGHTFAST_DATABASE_URL says.')
    expect(existsSync(path)).toBe(false)
  })
})

describe('lightfast reconcile', () => {
  test('tells in a dry run what a real run then does', async () => {
    await store()
    const { image } = await app.uploads.storeFile(ada, makeRequest(), toStream(png))
    await app.client.images.upload({ file: new Blob([png]) }, { privacy: 'private' })
    const gone = await app.store.records.find(image.id)
    await app.client.images.delete(gone?.cloudflareId ?? '')
    const look = await app.run(['reconcile', '--dry-run', '--json']).ended
    const real = await app.run(['reconcile', '--json']).ended
    expect([look.code, real.code]).toEqual([1, 1])
    const told = JSON.parse(look.out)
    expect(told).toMatchObject({ images: 2, foreign: 1, vanished: [image.id], swept: 0, stuck: 0 })
    expect({ ...JSON.parse(real.out), dryRun: true }).toEqual(told)
  })

  test('deletes a double itself, and says so in words', async () => {
    const id = await store()
    const [attempt] = await app.store.attempts.of(id)
    const metadata = { imageId: id, attemptId: attempt?.id ?? '' }
    await app.client.images.upload({ file: new Blob([png]) }, { privacy: 'private', metadata })
    const look = await app.run(['reconcile', '--dry-run']).ended
    expect(look.out).toMatch(/doubles .*1 image of ours .* would be deleted/)
    expect(await images()).toHaveLength(2)
    const { code, out, err } = await app.run(['reconcile']).ended
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/doubles .*1 image of ours .*: deleted/)
    expect(out).toContain('1 job done')
    expect(out).not.toContain('\u001B')
    expect(await images()).toEqual([(await app.store.records.find(id))?.cloudflareId])
  })
})

describe('lightfast cleanup', () => {
  test('tells in a dry run what a real run then deletes, here and at Cloudflare', async () => {
    const [one, two, over] = [await store(), await store(), await expire()]
    await app.uploads.usages.add(ada, two, { type: 'article', thingId: '42', field: 'cover' })
    const args = ['cleanup', '--unused-days', '0', '--expired-days', '0', '--json']
    const look = JSON.parse((await app.run([...args, '--dry-run']).ended).out)
    expect(look).toEqual({
      ok: true,
      dryRun: true,
      planned: { unused: 1, expired: 1, rejected: 0 },
    })
    expect(await stateOf(one)).toBe('ready')
    const { code, out } = await app.run([...args, '--yes']).ended
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ planned: look.planned, removed: 2, left: 0 })
    expect(await Promise.all([one, two, over].map(stateOf))).toEqual([
      'deleted',
      'ready',
      'deleted',
    ])
    expect(await images()).toHaveLength(1)
  })

  test('leaves ready images alone unless it is told how long they may be unused', async () => {
    const id = await store()
    const { code, out } = await app.run(['cleanup', '--expired-days', '0', '--yes']).ended
    expect(code).toBe(0)
    expect(out).toContain('0 ready images')
    expect(await stateOf(id)).toBe('ready')
  })

  test('without a terminal and without --yes it deletes nothing', async () => {
    const id = await expire()
    const { code, out, err } = await app.run(['cleanup', '--expired-days', '0']).ended
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('it needs --yes')
    expect(await stateOf(id)).toBe('expired')
  })

  test('while Cloudflare is down, what is left to do there stays a job', async () => {
    await store()
    app.emulator.faults.set([{ on: 'delete', effect: 'answer', status: 503 }])
    const args = ['cleanup', '--unused-days', '0', '--yes', '--json']
    const { code, out } = await app.run(args).ended
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ removed: 1, jobs: { waiting: 1, dead: 0 } })
    app.emulator.faults.clear()
    expect(await app.store.jobs.list({ kind: 'delete-remote', limit: 9 })).toHaveLength(1)
  })
})

describe('lightfast jobs', () => {
  const key = 'delete-remote:gone'

  test('lists them with age, tries and code, and can leave some out', async () => {
    await giveUp(key)
    const { image } = await app.uploads.start(ada, makeRequest())
    const { code, out } = await app.run(['jobs']).ended
    expect(code).toBe(0)
    expect(out).toMatch(/^key +state +age +due +tries +code$/m)
    expect(out).toMatch(/^delete-remote:gone +dead +\d+ s +- +\d+ +host_refused$/m)
    expect(out).toMatch(new RegExp(`^expire:${image.id} +queued +\\d+ s +in 31 min +0 +-$`, 'm'))
    expect(out).toMatch(/^2 jobs$/m)
    const dead = await app.run(['jobs', '--state', 'dead', '--json']).ended
    expect(JSON.parse(dead.out)).toMatchObject({ ok: true, jobs: [{ key, state: 'dead' }] })
  })

  test('replays a dead one, and does what is due', async () => {
    await giveUp(key)
    const { code, out } = await app.run(['jobs', '--replay', key]).ended
    expect([code, out]).toEqual([0, `${key} is due again.\n`])
    expect(await app.store.jobs.find(key)).toMatchObject({ state: 'queued' })
    const run = await app.run(['jobs', '--run', '--json']).ended
    expect(run.code).toBe(0)
    expect(JSON.parse(run.out)).toMatchObject({ ran: { done: 1, dead: 0 } })
    expect(await app.store.jobs.find(key)).toBeUndefined()
  })

  test('replays all dead ones of a kind', async () => {
    await giveUp(key)
    const other = await app.run(['jobs', '--replay-all', '--kind', 'forward', '--json']).ended
    expect(JSON.parse(other.out)).toMatchObject({ replayed: [] })
    const all = await app.run(['jobs', '--replay-all', '--json']).ended
    expect(JSON.parse(all.out)).toMatchObject({ replayed: [key] })
  })

  test('says that there is no such dead job', async () => {
    const { code, out } = await app.run(['jobs', '--replay', 'close:nobody']).ended
    expect([code, out]).toEqual([1, 'There is no dead job close:nobody.\n'])
  })

  test('runs no job about kept bytes without knowing where they are', async () => {
    await app.store.jobs.enqueue([{ kind: 'drop-bytes', subject: 'one', runAt: 0 }])
    const { LIGHTFAST_BYTES: _, ...env } = app.environment
    const { code, err } = await app.run(['jobs', '--run'], env).ended
    expect(code).toBe(2)
    expect(err).toContain('LIGHTFAST_BYTES is not set, and there are 1 job')
    expect(await app.store.jobs.find('drop-bytes:one')).toMatchObject({ tries: 0 })
    expect(readdirSync(app.bytesPath)).toEqual([])
  })
})
