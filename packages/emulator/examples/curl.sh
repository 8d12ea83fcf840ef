#!/bin/sh
# Cloudflare's curl examples for Images, with no change but the host:
#   https://developers.cloudflare.com/images/storage/
#   https://developers.cloudflare.com/images/optimization/hosted-images/
# Start the emulator (`npx lightfast-emulator`), then: sh examples/curl.sh picture.png [http://127.0.0.1:8788]
set -eu

picture=${1:?Name a picture to upload}
host=${2:-http://127.0.0.1:8788}
account_id=${ACCOUNT_ID:-0123456789abcdef0123456789abcdef}
account_hash=${ACCOUNT_HASH:-Loca1Emu1at0rAcc0unt_A}
api_token=${API_TOKEN:-local-images-write-token}
signing_key=${SIGNING_KEY:-local-images-signing-key}
images=$host/client/v4/accounts/$account_id/images

# Answers with the reply, under the name of the step.
step() {
  name=$1
  shift
  reply=$(curl --silent --show-error "$@")
  printf '%s\t%s\n' "$name" "$reply"
}

# The same with the token.
call() {
  name=$1
  shift
  step "$name" --header "Authorization: Bearer $api_token" "$@"
}

# Reads a text field of the last reply.
field() {
  printf '%s' "$reply" | sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"
}

# Status, type and cache of a picture; the bytes are dropped.
deliver() {
  name=$1
  shift
  step "$name" --output /dev/null \
    --write-out '%{http_code} %{content_type} %header{cache-control}' "$@"
}

call upload --request POST "$images/v1" \
  --form "file=@$picture" \
  --form 'metadata={"key":"value"}' \
  --form 'requireSignedURLs=false'
id=$(field id)

call upload-custom-id --request POST "$images/v1" \
  --form "file=@$picture" \
  --form 'id=users/ann/portrait'

call direct-upload --request POST "$images/v2/direct_upload" \
  --form 'requireSignedURLs=true' \
  --form 'metadata={"key":"value"}'
private_id=$(field id)
upload_url=$(field uploadURL)

call draft --request GET "$images/v1/$private_id"

# The visitor's part: no token, one field named file.
step upload-by-visitor --request POST "$host/${upload_url#*://*/}" --form "file=@$picture"

call details --request GET "$images/v1/$private_id"
call details-custom-id --request GET "$images/v1/users%2Fann%2Fportrait"

call list --request GET "$images/v2?per_page=10&sort_order=asc"
call list-pages --request GET "$images/v1?page=1&per_page=50"

call update --request PATCH "$images/v1/$id" \
  --header 'Content-Type: application/json' \
  --data '{"metadata":{"key":"another value"}}'

call create-variant --request POST "$images/v1/variants" \
  --header 'Content-Type: application/json' \
  --data '{"id":"mobile","options":{"fit":"scale-down","width":20,"height":20,"metadata":"none"},"neverRequireSignedURLs":false}'
call variants --request GET "$images/v1/variants"

call keys --request GET "$images/v1/keys"
call create-key --request PUT "$images/v1/keys/second"
call delete-key --request DELETE "$images/v1/keys/second"

call flexible-variants --request PATCH "$images/v1/config" \
  --header 'Content-Type: application/json' \
  --data '{"flexible_variants": true}'

call stats --request GET "$images/v1/stats"

deliver public "$host/$account_hash/$id/mobile"
deliver custom-id "$host/$account_hash/users/ann/portrait/public"
deliver avif --header 'Accept: image/avif,image/webp' "$host/$account_hash/$id/mobile"
deliver flexible "$host/$account_hash/$id/width=10,height=10"
deliver private "$host/$account_hash/$private_id/mobile"

# https://developers.cloudflare.com/images/optimization/hosted-images/serve-private-images/
path="/$account_hash/$private_id/mobile?exp=$(($(date +%s) + 3600))"
sig=$(printf '%s' "$path" | openssl dgst -sha256 -hmac "$signing_key" -r | cut -d ' ' -f 1)
deliver signed "$host$path&sig=$sig"
deliver signed-and-changed "$host$path&download=1&sig=$sig"

call delete --request DELETE "$images/v1/$id"
call gone --request GET "$images/v1/$id"
