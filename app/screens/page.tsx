import type { Metadata } from 'next'
import { WallPage } from '../../components/screens/wall-page.tsx'

export const metadata: Metadata = { title: 'Screens' }

/** The screens of the fleet side by side. */
export default function Page() {
  return <WallPage />
}
