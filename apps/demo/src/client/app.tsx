import { Avatar, ImageUpload, useImageUpload } from '@lightfast/react'
import { UploadToasts } from '@lightfast/react/toast'
import { useCallback, useState } from 'react'
import { Accounts, people } from './accounts.tsx'
import { chooseAvatar, readAvatar, readGallery, signIn, switchTo } from './api.ts'
import type { Account, Visitor } from './api.ts'
import { Gallery } from './gallery.tsx'
import { Instruments } from './instruments.tsx'
import { watchNews } from './page-news.ts'
import { Switchboard } from './switchboard.tsx'
import { useLoaded } from './use-loaded.ts'

/** The demo page: an avatar, an upload area, a gallery, and the switchboard that breaks it all. */
export function App() {
  const [visitor, retry] = useLoaded(signIn)
  if (visitor.status === 'loaded') {
    const { value } = visitor
    const choose = (account: Account) => switchTo(account).then(retry)
    return <Page key={value.account} visitor={value} onAccount={choose} />
  }
  return (
    <main className="waiting soft">
      {visitor.status === 'loading' ? (
        <p>Opening the darkroom</p>
      ) : (
        <p>
          The demo’s server does not answer. <button onClick={retry}>Try again</button>
        </p>
      )}
    </main>
  )
}

/** A parked photo that has arrived is shown at once, and not at the next look. */
const surroundings = { watchReturn: watchNews }

interface PageProps {
  readonly visitor: Visitor
  readonly onAccount: (account: Account) => Promise<unknown>
}

function Page({ visitor, onAccount }: PageProps) {
  const [gallery, reloadGallery] = useLoaded(readGallery)
  const [avatar, reloadAvatar] = useLoaded(readAvatar)
  const upload = useImageUpload({
    endpoint: '/api/images',
    kind: 'photo',
    userKey: visitor.userId ?? 'nobody',
    onDone: reloadGallery,
    surroundings,
  })
  const [stuck, setStuck] = useState(false)
  const choose = useCallback(
    (imageId: string) => {
      const chosen = chooseAvatar(imageId).then(reloadAvatar)
      chosen.then(
        () => setStuck(false),
        () => setStuck(true),
      )
    },
    [reloadAvatar],
  )

  return (
    <div className="page">
      <header>
        <h1>Lightfast</h1>
        <p className="soft">Pictures that do not fade when the image host does.</p>
        <Avatar.Root
          className="avatar"
          name={nameOf(visitor)}
          src={avatar.status === 'loaded' ? avatar.value : null}
        >
          <Avatar.Image />
          <Avatar.Fallback />
        </Avatar.Root>
      </header>
      <main>
        <Accounts account={visitor.account} onChoose={onAccount} />
        <section aria-labelledby="add">
          <h2 id="add">Add photos</h2>
          <ImageUpload.Area upload={upload}>
            <UploadToasts upload={upload} />
          </ImageUpload.Area>
        </section>
        <section aria-labelledby="photos">
          <h2 id="photos">{visitor.account === 'owner' ? 'Your photos' : 'Photos you may see'}</h2>
          {stuck && <p role="alert">The avatar is as it was: our server did not answer.</p>}
          <Gallery {...{ visitor, gallery }} onChoose={choose} onReload={reloadGallery} />
        </section>
      </main>
      <aside className="board" aria-labelledby="switchboard">
        <h2 id="switchboard">Switchboard</h2>
        <Switchboard mode={visitor.mode} />
      </aside>
      <aside className="panels" aria-label="Instruments">
        <Instruments />
      </aside>
    </div>
  )
}

function nameOf({ account }: Visitor): string {
  return people.find(({ id }) => id === account)?.name ?? ''
}
