# SPDX-License-Identifier: Apache-2.0
eval "$(usine completion bash)"
