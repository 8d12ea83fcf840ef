/** What the demo itself keeps of a person: which of their images is the avatar. */
import { DatabaseSync } from 'node:sqlite'

export interface Profiles {
  readonly avatarOf: (userId: string) => string | null
  readonly setAvatar: (userId: string, imageId: string) => void
  readonly close: () => void
}

/** Opens the demo's own table, in the file where the records are. */
export function openProfiles(path: string): Profiles {
  const database = new DatabaseSync(path)
  database.exec(
    'create table if not exists profiles (user_id text primary key, avatar_id text not null)',
  )
  const read = database.prepare('select avatar_id from profiles where user_id = ?')
  const write = database.prepare(
    'insert into profiles values (?, ?) on conflict (user_id) do update set avatar_id = excluded.avatar_id',
  )
  return {
    avatarOf: (userId) => toId(read.get(userId)?.['avatar_id']),
    setAvatar: (userId, imageId) => void write.run(userId, imageId),
    close: () => database.close(),
  }
}

function toId(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
