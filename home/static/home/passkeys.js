// Says in a sentence that the device gave no passkey; allauth's scripts only tell the console.
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  document.getElementById('passkey-failed').hidden = false
})
