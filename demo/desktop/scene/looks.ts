/** How the desktop of a guest looks: by its system, and in a colour of its own. */
export interface Look {
  width: number
  height: number
  /** Of the wallpaper, from top to bottom. */
  papers: readonly (readonly [top: number, bottom: number])[]
  window: number
  ink: number
  bar: number
  barInk: number
  accent: number
}

const PAPERS = [
  [0x1f3a5f, 0x0f1c33],
  [0x14524c, 0x0b2c2b],
  [0x4a2f5e, 0x22142f],
  [0x5a3a22, 0x2b1a10],
  [0x2f4a2c, 0x152413],
  [0x5c2b3a, 0x2a121b],
  [0x36415c, 0x181d2b],
] as const

const LINUX: Omit<Look, 'papers'> = {
  width: 1024,
  height: 768,
  window: 0xf4f5f7,
  ink: 0x20242c,
  bar: 0x10141c,
  barInk: 0xdfe4ee,
  accent: 0x5b8def,
}
const LOOKS: Readonly<Record<string, Omit<Look, 'papers'>>> = {
  windows: {
    ...LINUX,
    width: 1280,
    height: 720,
    window: 0xffffff,
    bar: 0xe4e9f2,
    barInk: 0x1d2431,
    accent: 0x1f6fd1,
  },
  android: {
    ...LINUX,
    width: 480,
    height: 854,
    window: 0xfafafa,
    bar: 0x000000,
    barInk: 0xffffff,
    accent: 0x2fa866,
  },
  macos: {
    ...LINUX,
    width: 1280,
    height: 800,
    window: 0xf6f6f6,
    bar: 0xdedee3,
    barInk: 0x1b1b1f,
    accent: 0x7a5cd6,
  },
}

/** The look of a guest; its name decides which wallpaper comes first. */
export function lookOf(os: string, name: string): Look {
  let hash = 0
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  const first = hash % PAPERS.length
  return { ...(LOOKS[os] ?? LINUX), papers: [...PAPERS.slice(first), ...PAPERS.slice(0, first)] }
}
