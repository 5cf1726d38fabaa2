/** The package exports one module, and the types of @types/novnc__novnc are for its old path. */
declare module '@novnc/novnc' {
  export { default } from '@novnc/novnc/lib/rfb'
}
