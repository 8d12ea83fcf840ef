/** A person's session at the app. */
export interface SignedIn {
  readonly ownerId: string
  readonly cookie: string
}

/** Signs in as many as there are owners, before anything goes wrong. */
export async function signIn(origin: string, owners: number): Promise<readonly SignedIn[]> {
  const signed: SignedIn[] = []
  while (signed.length < owners) signed.push(await signInOne(origin))
  return signed
}

async function signInOne(origin: string): Promise<SignedIn> {
  const reply = await fetch(`${origin}/api/session`, { method: 'POST' })
  const { userId }: { userId: string } = await reply.json()
  const [cookie = ''] = reply.headers.get('set-cookie')?.split(';') ?? []
  return { ownerId: userId, cookie }
}
