from . import collab_document_merge, collab_folder_merge, collab_retire
