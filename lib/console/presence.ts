import type { ConsoleViewer, ControlWish } from '../fleet/console/viewers.ts'
import type { OpenConsoles } from './open-consoles.ts'

/**
 * Who looks at which VM, and who has the control of it. Control is an agreement between the dashboard's pages: the
 * tunnel carries bytes and does not read them, so it stops nobody who speaks VNC by other means.
 */
export interface Presence {
  /** Those who have the screen open, as `viewer` sees them; null for one who only asks. */
  of(uid: string, viewer: string | null): ConsoleViewer[]
  /** Whether this viewer has the screen of this VM open, as this user. */
  isOpen(uid: string, viewer: string, who: string): boolean
  /** Takes the control from whoever has it, or gives it back to all. */
  wish(uid: string, viewer: string, wish: ControlWish): void
}

/** `nobody` is the name of those who have not signed in, which says nothing to the others. */
export function createPresence(open: Pick<OpenConsoles, 'of'>, nobody: string): Presence {
  const control = new Map<string, string>()
  const screens = (uid: string) => open.of(uid).filter(({ admission }) => admission.kind === 'vnc')
  const isOpen = (uid: string, viewer: string) =>
    screens(uid).some(({ admission }) => admission.viewer === viewer)
  return {
    of(uid, viewer) {
      const holder = control.get(uid)
      // Whoever had the control and went takes it along.
      if (holder !== undefined && !isOpen(uid, holder)) control.delete(uid)
      return screens(uid).map(({ admission, openedAt }) => ({
        who: admission.who === nobody ? '' : admission.who,
        since: new Date(openedAt).toISOString(),
        you: viewer !== null && admission.viewer === viewer,
        inControl: control.has(uid) && admission.viewer === control.get(uid),
      }))
    },
    isOpen: (uid, viewer, who) =>
      screens(uid).some(({ admission }) => admission.viewer === viewer && admission.who === who),
    wish(uid, viewer, wish) {
      if (wish === 'take') control.set(uid, viewer)
      else if (control.get(uid) === viewer) control.delete(uid)
    },
  }
}
