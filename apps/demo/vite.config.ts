import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  // Found at start and not while the page loads: a late find would reload it.
  optimizeDeps: {
    include: [
      'react',
      'react-dom/client',
      'valibot',
      '@lightfast/react > @radix-ui/react-toast',
      '@lightfast/react > idb-keyval',
    ],
  },
})
