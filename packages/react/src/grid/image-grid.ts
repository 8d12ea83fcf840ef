import { ImageGridArea } from './image-grid-area.tsx'
import { ImageGridEmpty } from './image-grid-empty.tsx'
import { ImageGridFailure } from './image-grid-failure.tsx'
import { ImageGridItem } from './image-grid-item.tsx'
import { ImageGridList } from './image-grid-list.tsx'
import { ImageGridMore } from './image-grid-more.tsx'
import { ImageGridPicture } from './image-grid-picture.tsx'
import { ImageGridRoot } from './image-grid-root.tsx'
import { ImageGridSkeletons } from './image-grid-skeletons.tsx'
import { ImageGridSummary } from './image-grid-summary.tsx'

/** The parts under one name. Server components import them singly: dots do not cross that boundary. */
export const ImageGrid = {
  Root: ImageGridRoot,
  Summary: ImageGridSummary,
  Failure: ImageGridFailure,
  Skeletons: ImageGridSkeletons,
  List: ImageGridList,
  Item: ImageGridItem,
  Picture: ImageGridPicture,
  Empty: ImageGridEmpty,
  More: ImageGridMore,
  Area: ImageGridArea,
} as const
