/** A small landscape in the last light, for stories and tests that need a picture without the network. */
const examplePicture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">
<defs>
<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
<stop offset="0" stop-color="#35507a"/><stop offset=".55" stop-color="#d89a83"/><stop offset="1" stop-color="#f3d3a4"/>
</linearGradient>
<linearGradient id="sea" x1="0" y1="0" x2="0" y2="1">
<stop offset="0" stop-color="#c48b78"/><stop offset="1" stop-color="#22395c"/>
</linearGradient>
<radialGradient id="sun"><stop offset="0" stop-color="#fff3d1"/><stop offset="1" stop-color="#fff3d1" stop-opacity="0"/></radialGradient>
</defs>
<rect width="96" height="60" fill="url(#sky)"/>
<circle cx="62" cy="48" r="26" fill="url(#sun)"/><circle cx="62" cy="48" r="6" fill="#fff6de"/>
<path d="M0 50 14 42 24 47 38 36 52 48 64 53 96 46V60H0Z" fill="#4a4a68"/>
<path d="M0 56 20 51 40 57 96 54V62H0Z" fill="#2e3350"/>
<rect y="60" width="96" height="36" fill="url(#sea)"/>
<path d="M52 64h20M56 68h13M58 73h9M60 78h5" stroke="#ffe9bd" stroke-width="1.4" stroke-linecap="round" opacity=".75"/>
<path d="M0 84C20 78 40 88 60 86S88 92 96 90V96H0Z" fill="#161d33"/>
</svg>`

/** The same, as an address that an `<img>` can load. */
export const exampleUrl: string = `data:image/svg+xml,${encodeURIComponent(examplePicture)}`

/** The same, as the blob of a chosen file. */
export const exampleBlob: Blob = new Blob([examplePicture], { type: 'image/svg+xml' })
