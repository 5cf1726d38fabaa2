/** How the guest's screen is fitted into the page. */
export type Fit = 'fit' | 'actual' | 'remote'

export type Quality = 'best' | 'balanced' | 'lean'

export type Compression = 'low' | 'medium' | 'high'

export interface ScreenSettings {
  fit: Fit
  quality: Quality
  compression: Compression
  viewOnly: boolean
}

/** JPEG quality as noVNC counts it: 0 is the worst, 9 the best. */
const QUALITY: Record<Quality, number> = { best: 9, balanced: 6, lean: 2 }

/** Of the lossless parts: more costs the guest's processor, less costs the line. */
const COMPRESSION: Record<Compression, number> = { low: 1, medium: 2, high: 7 }

interface Adjustable {
  scaleViewport: boolean
  clipViewport: boolean
  dragViewport: boolean
  resizeSession: boolean
  qualityLevel: number
  compressionLevel: number
  viewOnly: boolean
}

/** Where fingers draw, a screen larger than the page is moved by dragging; a mouse has scroll bars. */
export function applySettings(rfb: Adjustable, settings: ScreenSettings, touch: boolean): void {
  const actual = settings.fit === 'actual'
  rfb.scaleViewport = !actual
  rfb.clipViewport = actual && touch
  rfb.dragViewport = actual && touch
  rfb.resizeSession = settings.fit === 'remote'
  rfb.qualityLevel = QUALITY[settings.quality]
  rfb.compressionLevel = COMPRESSION[settings.compression]
  rfb.viewOnly = settings.viewOnly
}
