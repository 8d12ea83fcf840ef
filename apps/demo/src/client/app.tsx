import { ImageUpload, useImages, useImageUpload } from '@lightfast/react'
import { UploadToasts } from '@lightfast/react/toast'
import { useEffect, useState } from 'react'
import { Accounts } from './accounts.tsx'
import { galleryVariant, signIn, switchTo } from './api.ts'
import type { Account, Visitor } from './api.ts'
import { Gallery } from './gallery.tsx'
import { Instruments } from './instruments.tsx'
import { OwnAvatar } from './own-avatar.tsx'
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
    <main className="page soft">
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
  const [facesAt, setFacesAt] = useState(() => Date.now())
  const userKey = visitor.userId ?? 'nobody'
  const images = useImages({
    endpoint: '/api/images',
    variant: galleryVariant,
    kind: 'photo',
    state: 'ready',
    userKey,
  })
  useOnReturn(images.reload)
  const upload = useImageUpload({
    endpoint: '/api/images',
    kind: 'photo',
    maxFiles: 500,
    userKey,
    onDone: images.reload,
    surroundings,
  })
  return (
    <div className="page">
      <header>
        <h1>Lightfast</h1>
        <p className="soft">Pictures that do not fade when the image host does.</p>
        <OwnAvatar visitor={visitor} onChange={() => setFacesAt(Date.now())} />
      </header>
      <main>
        <Accounts visitor={visitor} facesAt={facesAt} onChoose={onAccount} />
        <section aria-labelledby="add">
          <h2 id="add">Add photos</h2>
          <ImageUpload.Area upload={upload}>
            <UploadToasts upload={upload} />
          </ImageUpload.Area>
        </section>
        <section aria-labelledby="photos">
          <h2 id="photos">{visitor.account === 'owner' ? 'Your photos' : 'Photos you may see'}</h2>
          <Gallery visitor={visitor} images={images} />
        </section>
      </main>
      <aside className="board" aria-labelledby="switchboard">
        <h2 id="switchboard">Switchboard</h2>
        <Switchboard mode={visitor.mode} />
      </aside>
      <aside className="columns" aria-label="Instruments">
        <Instruments />
      </aside>
    </div>
  )
}

/** Another tab may have changed what there is. */
function useOnReturn(reload: () => void): void {
  useEffect(() => {
    const onVisible = () => document.hidden || reload()
    document.addEventListener('visibilitychange', onVisible)
    return () => document.removeEventListener('visibilitychange', onVisible)
  }, [reload])
}
