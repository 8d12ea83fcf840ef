import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import { types } from 'pg'
import type { CustomTypesConfig, Pool, PoolClient } from 'pg'

/** How many statements get a name: all that the store has, and lists of some lengths. */
const MAX_NAMED = 200

/** Times and sizes fit into a number; by default they would come as texts. Only here, and not in the whole process. */
const parsers: CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format),
}

/** Gives kysely a pool whose connections may break without taking the process with them. */
export function createPool(pool: Pool, statements: 'named' | 'unnamed'): PostgresPool {
  const toName = statements === 'named' ? findNames(pool) : () => undefined
  listen(pool)
  return {
    options: {},
    connect: async () => toKyselyClient(await pool.connect(), toName),
    // Who has made the pool ends it.
    end: () => Promise.resolve(),
  }
}

/**
 * The pool replaces a connection that breaks, and tells it. Nobody listening would be an uncaught error, even while the
 * pool ends, so this is for good.
 */
function listen(pool: Pool): void {
  if (!pool.listeners('error').includes(ignore)) pool.on('error', ignore)
}

function ignore(): void {
  // The query that needed the connection has failed, or the next one gets a new one.
}

type ToName = (text: string) => string | undefined

/** Stores that share a pool share its connections, and so the names of statements. */
const namesOf = new WeakMap<Pool, ToName>()

function findNames(pool: Pool): ToName {
  const toName = namesOf.get(pool) ?? createNames()
  namesOf.set(pool, toName)
  return toName
}

/** A name stands for one text. Statements beyond the limit get none. */
function createNames(): ToName {
  const names = new Map<string, string>()
  return (text) => {
    if (!names.has(text) && names.size < MAX_NAMED) names.set(text, `lightfast_${names.size}`)
    return names.get(text)
  }
}

function toKyselyClient(client: PoolClient, toName: ToName): PostgresPoolClient {
  function query<Row>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<Row>>
  function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>
  function query(text: unknown, values: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new TypeError('This pool does not stream.')
    const name = values.length > 0 ? toName(text) : undefined
    return client.query({ text, values: [...values], types: parsers, ...(name && { name }) })
  }
  client.on('error', ignore)
  return {
    query,
    release: (destroy) => {
      client.off('error', ignore)
      client.release(destroy)
    },
  }
}
