import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor } from 'storybook/test'
import { createImageProcessor } from '../process/create-image-processor.ts'
import { exampleBlob } from '../upload/example-picture.ts'
import { ImageUploadArea } from '../upload/image-upload-area.tsx'
import { useImageUpload } from '../upload/use-image-upload.ts'
import {
  confirmAfter,
  failProvision,
  failTransfer,
  goOffline,
  openCircuit,
  parkUploads,
  rejectAfter,
  relayUploads,
  slowDown,
  succeed,
} from './script.ts'
import type { Script } from './script.ts'
import { createScriptedServer } from './scripted-server.ts'

const faults = {
  none: succeed(),
  'no way given': failProvision(),
  'circuit open': openCircuit({ retryAfterMs: 20_000 }),
  'signed out': failProvision({ code: 'unauthenticated' }),
  offline: goOffline(),
  'transfer breaks once': failTransfer({ at: 0.6, times: 1 }),
  'transfer breaks always': failTransfer({ at: 0.6 }),
  'image host down': failTransfer({ at: 1, cloudflareCode: 5550 }),
  relayed: relayUploads(),
  'parked for 20 seconds': parkUploads({ forMs: 20_000 }),
  'late word': confirmAfter(60_000),
  'refused after 3 seconds': rejectAfter(3000),
} satisfies Record<string, Script>

interface PlaygroundProps {
  /** What goes wrong from now on. Photos that are under way meet it too. */
  readonly fault: keyof typeof faults
  readonly kilobytesPerSecond: number
  /** The longest side of what is uploaded. */
  readonly maxSide: number
}

/** The real uploader against a scripted server: pick a photo and let something go wrong. */
function Playground({ fault, kilobytesPerSecond, maxSide }: PlaygroundProps): ReactNode {
  const [server] = useState(() => createScriptedServer())
  useEffect(
    () =>
      server.play({ ...faults[fault], ...slowDown({ bytesPerSecond: kilobytesPerSecond * 1000 }) }),
    [server, fault, kilobytesPerSecond],
  )
  return <Uploads key={maxSide} server={server} maxSide={maxSide} />
}

function Uploads({
  server,
  maxSide,
}: Pick<PlaygroundProps, 'maxSide'> & {
  readonly server: ReturnType<typeof createScriptedServer>
}): ReactNode {
  const upload = useImageUpload({
    endpoint: '/api/images',
    kind: 'photo',
    fetch: server.fetch,
    transport: server.transport,
    beforeUpload: createImageProcessor({ maxSide }),
    doneMs: null,
  })
  return <ImageUploadArea upload={upload} />
}

const meta = {
  title: 'Playground',
  component: Playground,
  args: { fault: 'none', kilobytesPerSecond: 300, maxSide: 2560 },
  argTypes: {
    fault: { control: 'select', options: Object.keys(faults) },
    kilobytesPerSecond: { control: { type: 'range', min: 10, max: 5000, step: 10 } },
    maxSide: { control: { type: 'range', min: 320, max: 6000, step: 320 } },
  },
  parameters: { controls: { disable: false } },
} satisfies Meta<typeof Playground>

export default meta

type Story = StoryObj<typeof meta>

/** The limits are those of what may be picked: larger photos are made to fit. */
export const Everything: Story = {
  async play({ canvas }) {
    await expect(canvas.getByRole('button', { name: 'Choose photos' })).toHaveAccessibleDescription(
      'JPEG, PNG, WebP, GIF or SVG, up to 50.0 MB',
    )
  },
}

/** The image host is down before anything was sent. */
export const NoWayGiven: Story = {
  args: { fault: 'no way given' },
  async play({ canvas, canvasElement }) {
    await pick(canvasElement)
    const again = await waitFor(() => canvas.getByRole('button', { name: 'Try again, beach.svg' }))
    await expect(canvas.getByText('Not uploaded')).toBeVisible()
    await expect(again).toBeEnabled()
  },
}

export const Parked: Story = {
  args: { fault: 'parked for 20 seconds', kilobytesPerSecond: 5000 },
  async play({ canvas, canvasElement }) {
    await pick(canvasElement)
    await waitFor(() => expect(canvas.getByText('Saved, it will finish by itself')).toBeVisible())
  },
}

async function pick(canvasElement: HTMLElement): Promise<void> {
  const input = canvasElement.querySelector<HTMLInputElement>('[data-slot="image-upload-input"]')
  if (input === null) throw new Error('There is no file input.')
  const photo = new File([exampleBlob], 'beach.svg', { type: 'image/svg+xml' })
  await userEvent.upload(input, photo)
}
