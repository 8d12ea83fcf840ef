import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { migratePostgres, openPostgresStore } from '../postgres/index.ts'
import { makePicture } from '../test-support/make-picture.ts'
import { ada, makeRequest, toStream } from '../test-support/open-uploads.ts'
import { setUpCommand } from '../test-support/set-up-command.ts'

vi.setConfig({ testTimeout: 60_000 })

const connectionString = inject('postgresUrl')

test('on Postgres every command does what it does on SQLite', async () => {
  const schema = `command_${crypto.randomUUID().replaceAll('-', '')}`
  const access = { connectionString, schema }
  const app = await setUpCommand({
    databaseUrl: connectionString,
    schema,
    openStore: async () => {
      await migratePostgres(access)
      return openPostgresStore({ ...access, migrate: 'by-command' })
    },
  })
  onTestFinished(app.close)
  const json = async (...args: readonly string[]) => {
    const { out, err } = await app.run([...args, '--json']).ended
    expect(err).toBe('')
    return JSON.parse(out)
  }
  expect(await json('migrate', '--dry-run')).toMatchObject({ migrations: [] })

  const picture = makePicture('one')
  const request = makeRequest({ sizeBytes: picture.length })
  const { image } = await app.uploads.storeFile(ada, request, toStream(picture))
  expect(await json('reconcile', '--dry-run')).toMatchObject({ ok: true, images: 1, foreign: 0 })
  expect(await json('jobs', '--run')).toMatchObject({ ok: true })

  const args = ['cleanup', '--unused-days', '0']
  expect(await json(...args, '--dry-run')).toMatchObject({ planned: { unused: 1 } })
  expect(await json(...args, '--yes')).toMatchObject({ removed: 1, jobs: { waiting: 0, dead: 0 } })
  expect((await app.store.records.find(image.id))?.state).toBe('deleted')
  expect((await app.client.images.listPage({})).images).toEqual([])
})

test('on Postgres a dry run of a migration makes nothing, and a real one all of it', async () => {
  const schema = `command_${crypto.randomUUID().replaceAll('-', '')}`
  const app = await setUpCommand()
  onTestFinished(app.close)
  const env = { LIGHTFAST_DATABASE_URL: connectionString, LIGHTFAST_DATABASE_SCHEMA: schema }
  const look = JSON.parse((await app.run(['migrate', '--dry-run', '--json'], env).ended).out)
  expect(look.migrations).toContain('0002_upload_ladder')
  const real = JSON.parse((await app.run(['migrate', '--json'], env).ended).out)
  expect(real.migrations).toEqual(look.migrations)
})
